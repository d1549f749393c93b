import { ShapeError, formatShape } from '@quantrx/core'
import type { SvdfGeometry } from '@quantrx/kernels'
import type { OperatorContext } from '../operator.ts'
import { inputAt } from '../shared/operands.ts'

/** Sizes, from the input `[batches, inputs]` and the weights of features and time. */
export function svdfGeometry(context: OperatorContext<'SVDF'>): SvdfGeometry {
  const { rank } = context.options
  const [input, features, time] = [0, 1, 2].map((at) => inputAt(context, at).shape)
  const [batches = 0, inputs = 0] = input ?? []
  const [filters = 0] = features ?? []
  const units = filters / rank
  if (input?.length === 2 && rank > 0 && Number.isInteger(units))
    return { batches, inputs, units, rank, memory: time?.[1] ?? 0 }
  throw new ShapeError({
    stage: 'runtime',
    subject: 'SVDF',
    found: `input ${formatShape(input ?? [])}, ${filters} filters of rank ${rank}`,
    expected: 'input [batches, length], and filters that divide into units of that rank',
  })
}
