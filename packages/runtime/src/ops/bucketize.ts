import { ShapeError } from '@quantrx/core'
import { bucketize as countBoundaries } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { dataAs, inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'

const supports = ['float32, float64, int32 or int64 to int32'] as const

/** BUCKETIZE by boundaries in ascending order. */
export const bucketize: OperatorImplementation<'BUCKETIZE'> = {
  kind: 'BUCKETIZE',
  supports,
  prepare(context) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    if (!/^(float|int)(32|64)$/.test(input.type)) throw unsupportedTypes(context, supports)
    const to = dataAs(context, output, 'int32')
    checkOutputShape(context, output, input.shape)
    const { boundaries = [] } = context.options
    if (boundaries.some((boundary, at) => at > 0 && !(boundaries[at - 1]! <= boundary))) {
      throw new ShapeError({
        stage: 'runtime',
        subject: 'BUCKETIZE',
        found: `boundaries ${boundaries.join(', ')}`,
        expected: 'boundaries in ascending order',
      })
    }
    const compared =
      input.type === 'float64' ? Number : (value: number | bigint) => Math.fround(Number(value))
    const run = countBoundaries(boundaries, compared)
    const from = input.data as unknown as Parameters<typeof run>[0]
    return () => run(from, to)
  },
}
