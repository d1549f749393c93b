import type { ActivationType, ScaleAndZeroPoint } from '../../shared/integer-tensor.ts'
import { operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import { hoist } from '../hoist.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { holdsZeroPoint } from './bytes.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { beginLoadQuads, storedBytes } from './load-quads.ts'
import { unaryWalk } from './walk.ts'

/**
 * DEQUANTIZE of `elements` 8-bit integers or int16 with one scale, equal to the reference bit for bit: the difference to the zero
 * point is exact, so that the product is rounded once.
 *
 * @returns undefined for a scale that is no float32 or a zero point that the type does not hold.
 */
export function dequantizeKernel(
  inputType: ActivationType,
  { scale, zeroPoint }: ScaleAndZeroPoint,
  elements: number,
  share?: Share,
): GeneratedKernel | undefined {
  if (Math.fround(scale) !== scale || !holdsZeroPoint(inputType, zeroPoint)) return undefined
  return elementwiseKernel(
    {
      ...{ name: 'float32', operandBytes: storedBytes[inputType], outputBytes: 4, blockElements: 16 },
      ...{ constants: [], scratchBytes: 0 },
      begin(f) {
        const scales = hoist(f, new Float32Array(4).fill(scale))
        const loadQuads = beginLoadQuads(f, inputType, zeroPoint)
        return ({ operands: [operand], output, elements: count }) =>
          loadQuads(operand!, count).forEach((quad, index) => {
            const reals = operation('f32x4.convert_i32x4_s', get(quad))
            f.set(quad, operation('f32x4.mul', reals, get(scales)))
            storeBytes(f, quad, 0, Math.min(4, count - index * 4) * 4, get(output), index * 16)
          })
      },
    },
    unaryWalk(elements),
    share,
  )
}
