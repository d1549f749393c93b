import { ShapeError, formatShape, sameShape } from '@quantrx/core'
import { indexTuples, scatterNd as scatterTuples } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { indicesOf, numbersOf } from '../shared/numbers.ts'
import { constantIntegers, inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { shapeOperand } from '../shapes/given.ts'

const supports = ['float32', 'int8', 'uint8', 'int16', 'int32', 'int64'] as const

/** SCATTER_ND to a constant shape; the indices may be computed at run time. */
export const scatterNd: OperatorImplementation<'SCATTER_ND'> = {
  kind: 'SCATTER_ND',
  supports,
  outputShapes: shapeOperand(2),
  prepare(context) {
    const [indices, updates, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
    const { type } = output
    if (updates.type !== type || !supports.some((each) => each === type))
      throw unsupportedTypes(context, supports)
    checkOutputShape(context, output, constantIntegers(context, inputAt(context, 2)))
    const tuples = indexTuples('SCATTER_ND', output.shape, indices.shape)
    if (!sameShape(tuples.shape, updates.shape)) {
      throw new ShapeError({
        stage: 'runtime',
        subject: `SCATTER_ND, tensor ${updates.name}`,
        found: `updates of shape ${formatShape(updates.shape)}`,
        expected: formatShape(tuples.shape),
      })
    }
    const at = indicesOf(context, indices)
    if (type === 'int64') {
      const run = scatterTuples<bigint>(tuples, 0n, (a, b) => a + b)
      const [from, to] = [numbersOf<bigint>(updates), numbersOf<bigint>(output)]
      return () => run(at, from, to)
    }
    const run = scatterTuples<number>(tuples, 0, (a, b) => a + b)
    const [from, to] = [numbersOf<number>(updates), numbersOf<number>(output)]
    return () => run(at, from, to)
  },
}
