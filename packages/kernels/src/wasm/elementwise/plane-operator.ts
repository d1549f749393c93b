import { constant, operation, shuffle } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { beginNarrowBytes } from '../epilogue/narrow-bytes.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import { hoist } from '../hoist.ts'
import { beginByteClamp } from '../reduction/clamp.ts'
import { beginSigned } from './bytes.ts'
import type { ByteType, EmitVector } from './bytes.ts'
import type { ElementwiseOperator } from './operator.ts'
import { halfBits } from './plane.ts'
import type { Plane } from './plane.ts'

/** Types, and the range that outputs are clamped to. */
export interface PlaneOperatorOptions {
  readonly inputType: ByteType
  readonly outputType: ByteType
  readonly range: { readonly min: number; readonly max: number }
}

/** The lower halves of two vectors byte by byte, and the upper halves. */
const interleaved = [0, 8].map((first) =>
  Array.from({ length: 16 }, (_, at) => first + (at >> 1) + (at & 1) * 16),
)

/**
 * Computes a {@link Plane} of one operand or of two. A byte in the upper half of an int16 is 256 times its value without
 * having been extended; pairs of such int16, one of each operand, are multiplied by the upper and by the lower halves of the
 * slopes and summed by one instruction each.
 */
export function planeOperator(plane: Plane, options: PlaneOperatorOptions): ElementwiseOperator {
  const { inputType, outputType, range } = options
  return {
    ...{ name: outputType, operandBytes: 1, outputBytes: 1, blockElements: 16 },
    ...{ constants: [], scratchBytes: 0 },
    begin(f) {
      const zero = hoist(f, new Uint8Array(16))
      const toSigned = beginSigned(f, inputType)
      const toHeights = beginHeights(f, plane)
      const narrow = beginNarrowBytes(f, outputType, plane.zeroPoint)
      const clamp = beginByteClamp(f, outputType, range)
      const operands = [f.local('v128'), f.local('v128')] as const
      const pairs = [f.local('v128'), f.local('v128')] as const
      const quads = Array.from({ length: 4 }, () => f.local('v128'))
      return (block) => {
        operands.forEach((operand, index) => {
          f.set(operand, block.operands[index]?.vector(0) ?? get(zero))
          if (block.operands[index] !== undefined) toSigned(operand)
        })
        const [a, b] = operands
        pairs.forEach((pair, half) => f.set(pair, shuffle(get(a), get(b), interleaved[half]!)))
        quads.forEach((quad, index) => {
          f.set(quad, shuffle(get(zero), get(pairs[index >> 1]!), interleaved[index & 1]!))
          toHeights(quad)
        })
        const bytes = narrow(quads)
        clamp(bytes)
        storeBytes(f, bytes, 0, block.elements, get(block.output), 0)
      }
    },
  }
}

/** Takes four pairs to their heights, rounded down. */
function beginHeights(f: FunctionBuilder, { slopes, offset, shift }: Plane): EmitVector {
  const half = 2 ** halfBits
  const pairs = (values: readonly number[]): Local<'v128'> =>
    hoist(
      f,
      Int16Array.from({ length: 8 }, (_, at) => values[at & 1]!),
    )
  const coarse = pairs(slopes.map((slope) => Math.floor(slope / half)))
  const lower = slopes.map((slope) => slope - Math.floor(slope / half) * half)
  const fine = lower.every((slope) => slope === 0) ? undefined : pairs(lower)
  const start = hoist(f, new Int32Array(4).fill(offset))
  return (quad) => {
    let height = operation('i32x4.add', operation('i32x4.dot_i16x8_s', get(quad), get(coarse)), get(start))
    if (fine !== undefined) {
      const product = operation('i32x4.dot_i16x8_s', get(quad), get(fine))
      height = operation('i32x4.add', height, operation('i32x4.shr_s', product, constant(halfBits)))
    }
    f.set(quad, operation('i32x4.shr_s', height, constant(shift)))
  }
}
