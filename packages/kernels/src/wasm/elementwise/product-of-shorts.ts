import { quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import { productFactor } from '../../ops/mul/integer.ts'
import { operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { beginScaledWords } from './scaled-words.ts'
import { beginStoreQuads } from './store-quads.ts'
import type { ShortParameters } from './sum-of-shorts.ts'
import { broadcastWalk } from './walk.ts'

const multiplications = ['i32x4.extmul_low_i16x8_s', 'i32x4.extmul_high_i16x8_s'] as const

/** The largest shift to the right at which the largest product can be rounded. */
const mostPlaces = 30

/**
 * MUL on int16, equal to the reference bit for bit; both arithmetics compute alike.
 *
 * @returns undefined for zero points of operands other than 0, and where products would be scaled by 1 or more, or by less than
 *   2^-31.
 */
export function productOfShortsKernel(
  parameters: ShortParameters,
  share?: Share,
): GeneratedKernel | undefined {
  const { a, b, output, rows, range } = parameters
  const { multiplier, shift } = quantizeMultiplier(productFactor({ ...parameters, type: 'int16' }))
  if (a.zeroPoint !== 0 || b.zeroPoint !== 0) return undefined
  if (shift > 0 || shift < -mostPlaces) return undefined
  return elementwiseKernel(
    {
      ...{ name: 'int16', operandBytes: 2, outputBytes: 2, blockElements: 8 },
      ...{ constants: [], scratchBytes: 0 },
      begin(f) {
        // The product of -32768 with itself is 2^30, and has no double.
        const scale = beginScaledWords(f, { multiplier, right: -shift, doubled: false })
        const store = beginStoreQuads(f, { type: 'int16', zeroPoint: output.zeroPoint, range })
        const vectors = [f.local('v128'), f.local('v128')]
        const products = [f.local('v128'), f.local('v128')]
        return ({ operands, output: to, elements }) => {
          vectors.forEach((vector, index) => f.set(vector, operands[index]!.vector(0)))
          const [first, second] = vectors
          const used = products.slice(0, elements > 4 ? 2 : 1)
          used.forEach((product, half) => {
            f.set(product, operation(multiplications[half]!, get(first!), get(second!)))
            scale(product)
          })
          store(used, to, elements)
        }
      },
    },
    broadcastWalk(rows),
    share,
  )
}
