import type { Operator } from '@quantrx/tflite'
import type { OperatorPlan } from './plan.ts'

/** The plan of an operator that stays as it is. */
export function untouched(
  { inputs = [], outputs = [] }: Operator,
  index: number,
): Pick<OperatorPlan, 'index' | 'inputs' | 'outputs'> {
  return { index, inputs: inputs.map(() => null), outputs: outputs.map(() => null) }
}
