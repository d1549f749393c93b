import { selectOperator } from '../shared/select-operator.ts'

/** SELECT; a condition of one dimension chooses slices along the first dimension of the output. */
export const select = selectOperator('SELECT', (condition, output) =>
  condition.length === 1 && output.length > 1 ? [...condition, ...output.slice(1).map(() => 1)] : condition,
)
