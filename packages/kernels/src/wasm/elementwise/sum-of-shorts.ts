import { quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import type { BinaryIntegerParameters } from '../../shared/binary.ts'
import type { Sign } from '../../shared/sign.ts'
import { constant, operation, shuffle } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import type { EmitVector } from './bytes.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { beginScaledWords } from './scaled-words.ts'
import { beginStoreQuads } from './store-quads.ts'
import { broadcastWalk } from './walk.ts'

/** A binary operator on int16. */
export type ShortParameters = Omit<BinaryIntegerParameters, 'type'>

/** Bits that operands are shifted left before they are scaled, to keep precision (spec 7.4). */
const headroomBits = 15

/** The lower four int16 of two vectors in turn, and the upper four, as processors do it: after zeros, int16 in upper halves of int32. */
const widened = [0, 8].map((first) =>
  [0, 2, 4, 6].map((at) => first + at).flatMap((at) => [at, at + 1, at + 16, at + 17]),
)

/**
 * ADD (sign 1) or SUB (sign -1) on int16, equal to the reference bit for bit; both arithmetics compute alike.
 *
 * An int16 in the upper half of an int32 is 2^16 times itself, twice what the reference scales. The operand of the larger scale is
 * halved by that, exactly; the other and the sum are multiplied.
 *
 * @returns undefined for zero points of operands other than 0, and where sums would be scaled by 1 or more.
 */
export function sumOfShortsKernel(
  sign: Sign,
  { a, b, output, rows, range }: ShortParameters,
  share?: Share,
): GeneratedKernel | undefined {
  const commonScale = 2 * Math.max(a.scale, b.scale)
  const factor = quantizeMultiplier(commonScale / (2 ** headroomBits * output.scale))
  if (a.zeroPoint !== 0 || b.zeroPoint !== 0 || factor.shift > 0) return undefined
  const add = sign === 1 ? 'i32x4.add' : 'i32x4.sub'
  return elementwiseKernel(
    {
      ...{ name: 'int16', operandBytes: 2, outputBytes: 2, blockElements: 8 },
      ...{ constants: [], scratchBytes: 0 },
      begin(f) {
        const zero = hoist(f, new Int16Array(8))
        const double = [a, b].map(({ scale }) => beginDoubled(f, scale / commonScale))
        const scale = beginScaledWords(f, { ...factor, right: -factor.shift, doubled: true })
        const store = beginStoreQuads(f, { type: 'int16', zeroPoint: output.zeroPoint, range })
        const vectors = [f.local('v128'), f.local('v128')]
        const quads = vectors.map((): readonly Local<'v128'>[] => [f.local('v128'), f.local('v128')])
        return ({ operands, output: to, elements }) => {
          vectors.forEach((vector, index) => f.set(vector, operands[index]!.vector(0)))
          const halves = elements > 4 ? [0, 1] : [0]
          const sums = halves.map((half) => {
            const [first, second] = vectors.map((vector, index) => {
              const quad = quads[index]![half]!
              f.set(quad, shuffle(get(zero), get(vector), widened[half]!))
              double[index]!(quad)
              return quad
            })
            f.set(first!, operation(add, get(first!), get(second!)))
            scale(first!)
            return first!
          })
          store(sums, to, elements)
        }
      },
    },
    broadcastWalk(rows),
    share,
  )
}

/** Takes 2^16 times an int16 to twice what it contributes to a sum. */
function beginDoubled(f: FunctionBuilder, factor: number): EmitVector {
  if (factor === 0.5) return (quad) => f.set(quad, operation('i32x4.shr_s', get(quad), constant(1)))
  const { multiplier, shift } = quantizeMultiplier(factor)
  const scale = beginScaledWords(f, { multiplier, right: -shift, doubled: true })
  return (quad) => {
    scale(quad)
    f.set(quad, operation('i32x4.shl', get(quad), constant(1)))
  }
}
