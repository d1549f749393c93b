import type { LstmInternal } from '@quantrx/kernels'
import type { ObservedStep, OperatorContext, RuntimeTensor } from '../operator.ts'
import { outputAt } from '../shared/operands.ts'
import { lstmOperands, oneDirection } from './lstm-operands.ts'
import { sequenceOf } from './operands.ts'
import { lstmSizes, prepareLstmFloat32 } from './prepare-lstm.ts'
import type { LstmOptions } from './prepare-lstm.ts'

/** Positions of values inside an LSTM among its intermediate tensors. */
const positions: readonly LstmInternal[] = ['input', 'forget', 'cell', 'output', 'hidden']

/**
 * A float32 LSTM of one direction that keeps its cells and what its integer form needs ranges of, `[steps * batches, cells]`;
 * undefined for other types.
 */
export function observeLstm(context: OperatorContext, options: LstmOptions): ObservedStep | undefined {
  const operands = lstmOperands(context, oneDirection)
  const { input, cellState, gates, projectionWeights } = operands
  if (input.type !== 'float32' || input.dynamic === true) return undefined
  const { batches, steps } = sequenceOf(context, input, options.timeMajor)
  const shape = [batches * steps, lstmSizes(operands).cells]
  const record = ({ index, name }: Pick<RuntimeTensor, 'index' | 'name'>): RuntimeTensor => ({
    ...{ index, name, shape, type: 'float32', constant: false },
    data: new Float32Array(shape[0]! * shape[1]!),
  })
  const inside = (name: LstmInternal, known: boolean): (readonly [LstmInternal, RuntimeTensor])[] => {
    const tensor = context.internals?.[positions.indexOf(name)]
    return known && tensor !== undefined ? [[name, record(tensor)]] : []
  }
  const records = new Map<LstmInternal, RuntimeTensor>([
    ['cellState', record(cellState)],
    ...inside('input', gates.input?.normalization !== undefined),
    ...(['forget', 'cell', 'output'] as const).flatMap((gate) =>
      inside(gate, gates[gate].normalization !== undefined),
    ),
    ...inside('hidden', projectionWeights !== undefined),
  ])
  const filled = new Map<LstmInternal, number>()
  const observe = (internal: LstmInternal, values: Float32Array): void => {
    const at = filled.get(internal) ?? 0
    ;(records.get(internal)?.data as Float32Array | undefined)?.set(values, at)
    filled.set(internal, at + values.length)
  }
  const direction = { backwards: false, output: outputAt(context), offset: 0, observe }
  const run = prepareLstmFloat32(context, operands, options, direction)
  const step = (): void => {
    filled.clear()
    run()
  }
  return { step, internals: [...records.values()] }
}
