import type { ScaleAndZeroPoint } from '../../shared/integer-tensor.ts'
import { operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import { hoist } from '../hoist.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { extensions, holdsZeroPoint } from './bytes.ts'
import type { ByteType } from './bytes.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { unaryWalk } from './walk.ts'

/**
 * DEQUANTIZE of `elements` 8-bit integers with one scale, equal to the reference bit for bit: the difference to the zero
 * point is exact, so that the product is rounded once.
 *
 * @returns undefined for a scale that is no float32 or a zero point that the type does not hold.
 */
export function dequantizeKernel(
  inputType: ByteType,
  { scale, zeroPoint }: ScaleAndZeroPoint,
  elements: number,
  share?: Share,
): GeneratedKernel | undefined {
  if (Math.fround(scale) !== scale || !holdsZeroPoint(inputType, zeroPoint)) return undefined
  return elementwiseKernel(
    {
      ...{ name: 'float32', operandBytes: 1, outputBytes: 4, blockElements: 16 },
      ...{ constants: [], scratchBytes: 0 },
      begin(f) {
        const scales = hoist(f, new Float32Array(4).fill(scale))
        const offset = hoist(f, new Int16Array(8).fill(zeroPoint))
        const [bytes, half, values] = [f.local('v128'), f.local('v128'), f.local('v128')]
        return ({ operands: [operand], output, elements: count }) => {
          f.set(bytes, operand!.vector(0))
          for (let first = 0; first < count; first += 4) {
            if (first % 8 === 0) {
              const extended = operation(extensions[inputType][first / 8]!, get(bytes))
              f.set(half, operation('i16x8.sub', extended, get(offset)))
            }
            const extend = first % 8 === 0 ? 'i32x4.extend_low_i16x8_s' : 'i32x4.extend_high_i16x8_s'
            const reals = operation('f32x4.convert_i32x4_s', operation(extend, get(half)))
            f.set(values, operation('f32x4.mul', reals, get(scales)))
            storeBytes(f, values, 0, Math.min(4, count - first) * 4, get(output), first * 4)
          }
        }
      },
    },
    unaryWalk(elements),
    share,
  )
}
