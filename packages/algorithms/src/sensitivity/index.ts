export { measureSensitivity, rankSensitivities } from './measure-sensitivity.ts'
export type { OperatorSensitivity, SensitivityOptions } from './measure-sensitivity.ts'
export { sensitivity } from './sensitivity.ts'
