import type { IntegerArray } from '../../arithmetic/requantize.ts'
import { centerInto } from '../../shared/centered.ts'
import { multiplyIntegers } from '../../shared/matrix-vector.ts'
import type { Sums } from '../../shared/sums.ts'
import { forEachProduct } from './for-each-product.ts'
import type { BatchMatmulGeometry } from './geometry.ts'

/** What an integer BATCH_MATMUL needs besides its operands. */
export interface BatchMatmulIntegerParameters<Values extends Sums> {
  readonly geometry: BatchMatmulGeometry
  readonly leftZeroPoint: number
  readonly rightZeroPoint: number
  /** Zeros, one for each column, of the kind of the sums: 32 bits, or exact ones for int16. */
  readonly initial: Values
  requantize(sums: Values, count: number, output: IntegerArray, at: number): void
}

/** BATCH_MATMUL on quantized integers: `requantize(sum((left - leftZeroPoint) * (right - rightZeroPoint)))`; spec 7.13. */
export function batchMatmulInteger<Values extends Sums>(
  parameters: BatchMatmulIntegerParameters<Values>,
): (left: IntegerArray, right: IntegerArray, output: IntegerArray) => void {
  const { geometry, leftZeroPoint, rightZeroPoint, initial } = parameters
  const { rows, depth, columns } = geometry
  const sums = initial.slice() as Values
  return (left, right, output) => {
    const [leftValues, rightValues] = [new Int16Array(left.length), new Int16Array(right.length)]
    centerInto(leftValues, left, leftZeroPoint)
    centerInto(rightValues, right, rightZeroPoint)
    forEachProduct(geometry, leftValues, rightValues, (leftRows, rightRows, at) => {
      for (let row = 0; row < rows; row++) {
        multiplyIntegers(leftRows, row * depth, depth, rightRows, initial, 0, columns, sums)
        parameters.requantize(sums, columns, output, at + row * columns)
      }
    })
  }
}
