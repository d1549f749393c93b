import { integerLimits } from '@quantrx/core'
import type { QuantizeFloat32Parameters } from '../../ops/quantize/float32.ts'
import { operation, shuffle } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { floatBits } from '../epilogue/epilogue.ts'
import { hoist } from '../hoist.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { holdsZeroPoint } from './bytes.ts'
import type { EmitVector } from './bytes.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { storedBytes } from './load-quads.ts'
import { beginStoreQuads } from './store-quads.ts'
import { unaryWalk } from './walk.ts'

/**
 * QUANTIZE of `elements` float32 to 8-bit integers or int16, equal to the reference bit for bit; NaN becomes the zero point.
 *
 * @returns undefined for a scale that is no float32 or so large that only infinities are far from the zero point, and for a zero
 *   point that the type does not hold.
 */
export function quantizeKernel(
  { arithmetic, outputType, scale, zeroPoint }: QuantizeFloat32Parameters,
  elements: number,
  share?: Share,
): GeneratedKernel | undefined {
  if (!holdsZeroPoint(outputType, zeroPoint)) return undefined
  if (Math.fround(scale) !== scale || Math.fround(farLevel[outputType] * scale) === Infinity) return undefined
  const begin = arithmetic === 'tflite' || outputType === 'int16' ? beginQuotients : beginProducts
  return elementwiseKernel(
    {
      ...{ name: outputType, operandBytes: 4, outputBytes: storedBytes[outputType], blockElements: 16 },
      ...{ constants: [], scratchBytes: 0 },
      begin(f) {
        const range = integerLimits[outputType]
        const toLevels = begin(f, { scale, zeroPoint, outputType })
        const store = beginStoreQuads(f, { type: outputType, zeroPoint: 0, range })
        const quads = Array.from({ length: 4 }, () => f.local('v128'))
        return ({ operands: [operand], output, elements: count }) => {
          quads.forEach((quad, index) => {
            f.set(quad, operand!.vector(index))
            toLevels(quad)
          })
          store(quads, output, count)
        }
      },
    },
    unaryWalk(elements),
    share,
  )
}

/** 1.5 * 2^52 and 1.5 * 2^23: added to a small number they leave its nearest integer in the lowest bits. */
const magic64 = 6755399441055744
const magic32 = 12582912

/** Further from the zero point than any stored integer can be. */
const farLevel = { int8: 1024, uint8: 1024, int16: 2 ** 17 } as const

/** What float32 are brought to. */
type Levels = Omit<QuantizeFloat32Parameters, 'arithmetic'>

const upperHalf = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]
const lowerWords = [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27]

/**
 * The `tflite` arithmetic: the quotient in float64, halves away from zero. The quotient of two float32 is a half
 * exactly or misses it by 2^-25 at least, so multiplying by an inverse that is larger by 2^-43 moves halves away from zero and
 * nothing else of up to 2^16 across one.
 */
function beginQuotients(f: FunctionBuilder, { scale, zeroPoint, outputType }: Levels): EmitVector {
  const inverse = hoist(f, new Float64Array(2).fill((1 / scale) * (1 + 2 ** -43)))
  const magic = hoist(f, new Float64Array(2).fill(magic64 + zeroPoint))
  const limit = farLevel[outputType] * scale
  const [lowest, highest] = [-limit, limit].map((value) => hoist(f, new Float32Array(4).fill(value)))
  const levels = (two: Expression<'v128'>): Expression<'v128'> => {
    const quotient = operation('f64x2.mul', operation('f64x2.promote_low_f32x4', two), get(inverse))
    return operation('f64x2.add', quotient, get(magic))
  }
  return (values) => {
    f.set(values, numbersOr0(values))
    const clamped = operation('f32x4.pmin', get(values), get(highest!))
    f.set(values, operation('f32x4.pmax', clamped, get(lowest!)))
    const upper = shuffle(get(values), get(values), upperHalf)
    f.set(values, shuffle(levels(get(values)), levels(upper), lowerWords))
  }
}

/** The `xnnpack` arithmetic: times the inverse of the scale in float32, halves to even. */
function beginProducts(f: FunctionBuilder, { scale, zeroPoint, outputType }: Levels): EmitVector {
  const { min } = integerLimits[outputType]
  const inverse = hoist(f, new Float32Array(4).fill(1 / scale))
  const magic = hoist(f, new Float32Array(4).fill(magic32))
  const lowest = hoist(f, new Int32Array(4).fill(floatBits(magic32 + min - zeroPoint)))
  const offset = hoist(f, new Int32Array(4).fill(floatBits(magic32) - zeroPoint))
  return (values) => {
    f.set(values, operation('f32x4.mul', get(values), get(inverse)))
    f.set(values, operation('f32x4.add', numbersOr0(values), get(magic)))
    // As integers, floats that are far below are in the order of the others; those far above saturate later.
    f.set(values, operation('i32x4.sub', operation('i32x4.max_s', get(values), get(lowest)), get(offset)))
  }
}

/** Puts 0 in the place of NaN. */
const numbersOr0 = (values: Local<'v128'>): Expression<'v128'> =>
  operation('v128.and', get(values), operation('f32x4.eq', get(values), get(values)))
