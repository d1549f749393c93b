import type { CastType } from '../../ops/cast/cast.ts'
import { operation, vectorConstant } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import { reshapeKernel } from '../copy/copy.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import { narrowToInt16 } from '../epilogue/store-integers.ts'
import { hoist } from '../hoist.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { extensions } from './bytes.ts'
import type { ByteType } from './bytes.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import type { ElementwiseOperator } from './operator.ts'
import { truthOperator } from './truth.ts'
import { unaryWalk } from './walk.ts'
import { wordOperator } from './word-arithmetic.ts'

type Vector = Expression<'v128'>

/** Types of 1 and of 4 bytes; booleans are bytes without a sign. */
const bytes: readonly CastType[] = ['int8', 'uint8', 'bool']
const words: readonly CastType[] = ['int32', 'float32']

/**
 * CAST of `elements` numbers, equal to the reference bit for bit: real numbers are truncated and saturated to int32, NaN
 * becomes 0; integers keep their low bits; everything but 0 is true.
 *
 * @returns undefined for other types than float32, int32, int8, uint8 and bool.
 */
export function castKernel(
  from: CastType,
  to: CastType,
  elements: number,
  share?: Share,
): GeneratedKernel | undefined {
  const [isByte, toByte] = [bytes.includes(from), bytes.includes(to)]
  if (!(isByte || words.includes(from)) || !(toByte || words.includes(to))) return undefined
  const keepsBits = to !== 'bool' && (from === to || (isByte && toByte))
  if (keepsBits) return reshapeKernel(elements * (isByte ? 1 : 4), share)
  return elementwiseKernel(castOperator(from, to), unaryWalk(elements), share)
}

function castOperator(from: CastType, to: CastType): ElementwiseOperator {
  const isByte = bytes.includes(from)
  if (to === 'bool') {
    const unequal = isByte ? 'i8x16.ne' : from === 'int32' ? 'i32x4.ne' : 'f32x4.ne'
    return truthOperator(isByte ? 1 : 4, (value) =>
      operation(unequal, value!, vectorConstant(new Uint8Array(16))),
    )
  }
  if (isByte) return wideningOperator(from === 'int8' ? 'int8' : 'uint8', to)
  const integers = (value: Vector): Vector =>
    from === 'float32' ? operation('i32x4.trunc_sat_f32x4_s', value) : value
  if (bytes.includes(to)) return narrowingOperator(to, integers)
  return wordOperator(to === 'int32' ? 'int32' : 'float32', { min: -Infinity, max: Infinity }, (value) =>
    to === 'int32' ? integers(value!) : operation('f32x4.convert_i32x4_s', value!),
  )
}

/** Bytes to int32 or float32. */
function wideningOperator(from: ByteType, to: CastType): ElementwiseOperator {
  const extendPairs =
    from === 'int8'
      ? (['i32x4.extend_low_i16x8_s', 'i32x4.extend_high_i16x8_s'] as const)
      : (['i32x4.extend_low_i16x8_u', 'i32x4.extend_high_i16x8_u'] as const)
  return {
    ...{ name: to, operandBytes: 1, outputBytes: 4, blockElements: 16, constants: [], scratchBytes: 0 },
    begin(f) {
      const [all, half, values] = [f.local('v128'), f.local('v128'), f.local('v128')]
      return ({ operands: [operand], output, elements }) => {
        f.set(all, operand!.vector(0))
        for (let first = 0; first < elements; first += 4) {
          if (first % 8 === 0) f.set(half, operation(extensions[from][first / 8]!, get(all)))
          const integers = operation(extendPairs[(first / 4) % 2]!, get(half))
          f.set(values, to === 'int32' ? integers : operation('f32x4.convert_i32x4_s', integers))
          storeBytes(f, values, 0, Math.min(4, elements - first) * 4, get(output), first * 4)
        }
      }
    },
  }
}

/** The lowest bytes of int32. */
function narrowingOperator(to: CastType, integers: (value: Vector) => Vector): ElementwiseOperator {
  return {
    ...{ name: to, operandBytes: 4, outputBytes: 1, blockElements: 16, constants: [], scratchBytes: 0 },
    begin(f) {
      const lowest = hoist(f, new Int32Array(4).fill(0xff))
      const quads = Array.from({ length: 4 }, () => f.local('v128'))
      return ({ operands: [operand], output, elements }) => {
        const used = quads.slice(0, Math.ceil(elements / 4))
        used.forEach((quad, at) =>
          f.set(quad, operation('v128.and', integers(operand!.vector(at)), get(lowest))),
        )
        // From 0 to 255, which saturation leaves alone.
        const [low, high = low] = narrowToInt16(f, used)
        f.set(low!, operation('i8x16.narrow_i16x8_u', get(low!), get(high!)))
        storeBytes(f, low!, 0, elements, get(output), 0)
      }
    },
  }
}
