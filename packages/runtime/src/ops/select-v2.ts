import { selectOperator } from '../shared/select-operator.ts'

/** SELECT_V2, all operands repeated where they are smaller than the output. */
export const selectV2 = selectOperator('SELECT_V2', (condition) => condition)
