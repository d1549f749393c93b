import { integerLimits } from '@quantrx/core'
import { quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import type { ActivationType } from '../../shared/integer-tensor.ts'
import type { RescaleOptions } from '../../shared/rescale.ts'
import { constant, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { holdsZeroPoint } from './bytes.ts'
import type { EmitVector } from './bytes.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { beginLoadQuads, storedBytes } from './load-quads.ts'
import { beginScaledWords } from './scaled-words.ts'
import { beginStoreQuads } from './store-quads.ts'
import { unaryWalk } from './walk.ts'

/** What takes stored integers to others: types, and one factor or two. */
export interface RescaleParameters extends RescaleOptions {
  readonly inputType: ActivationType
  readonly outputType: ActivationType
  /** The factor for integers below the input's zero point, where it is another. */
  readonly factorBelow?: number
}

/** A factor in fixed point: numbers are shifted to the left before they are multiplied. */
interface Factor {
  readonly multiplier: number
  readonly left: number
  readonly right: number
}

/**
 * `rescaleStored` on `elements` stored integers, in the `tflite` arithmetic: QUANTIZE between integers, RELU, LEAKY_RELU and others
 * where one of the types is int16, of which there are too many values for a table. Equal to the reference bit for bit.
 *
 * @returns undefined for factors below 0, for a zero point that the input's type does not hold, and for numbers that leave 32 bits
 *   when they are shifted.
 */
export function rescaleKernel(
  parameters: RescaleParameters,
  elements: number,
  share?: Share,
): GeneratedKernel | undefined {
  const { inputType, outputType, outputZeroPoint, range } = parameters
  const factors = factorsOf(parameters)
  if (factors === undefined) return undefined
  return elementwiseKernel(
    {
      ...{ name: outputType, operandBytes: storedBytes[inputType], outputBytes: storedBytes[outputType] },
      ...{ blockElements: 16, constants: [], scratchBytes: 0 },
      begin(f) {
        const loadQuads = beginLoadQuads(f, inputType, parameters.inputZeroPoint)
        const scale = beginFactors(f, factors)
        const store = beginStoreQuads(f, { type: outputType, zeroPoint: outputZeroPoint, range })
        return ({ operands: [operand], output, elements: count }) => {
          const quads = loadQuads(operand!, count)
          quads.forEach(scale)
          store(quads, output, count)
        }
      },
    },
    unaryWalk(elements),
    share,
  )
}

/** One factor for all integers, or one for those above and one for those below the zero point. */
function factorsOf({ inputType, inputZeroPoint, factor, factorBelow }: RescaleParameters) {
  const { min, max } = integerLimits[inputType]
  const factors = [factor, factorBelow ?? factor]
  if (factors.some((each) => each < 0) || !holdsZeroPoint(inputType, inputZeroPoint)) return undefined
  const fixed = factors.map((each): Factor => {
    const { multiplier, shift } = quantizeMultiplier(each)
    return { multiplier, left: Math.max(0, shift), right: Math.max(0, -shift) }
  })
  const largest = Math.max(max - inputZeroPoint, inputZeroPoint - min)
  // All numbers go through both factors.
  if (!fixed.every(({ left }) => largest * 2 ** left < 2 ** 30)) return undefined
  return factorBelow === undefined ? fixed.slice(1) : fixed
}

function beginFactors(f: FunctionBuilder, factors: readonly Factor[]): EmitVector {
  const [above, below] = factors.map((factor) => beginFactor(f, factor))
  const [other, isBelow] = [f.local('v128'), f.local('v128')]
  return (quad) => {
    if (below === undefined) {
      above!(quad)
      return
    }
    f.set(other, get(quad))
    f.set(isBelow, operation('i32x4.shr_s', get(quad), constant(31)))
    above!(quad)
    below(other)
    f.set(quad, operation('v128.bitselect', get(other), get(quad), get(isBelow)))
  }
}

function beginFactor(f: FunctionBuilder, { multiplier, left, right }: Factor): EmitVector {
  const scale = beginScaledWords(f, { multiplier, right, doubled: true })
  return (quad: Local<'v128'>) => {
    f.set(quad, operation('i32x4.shl', get(quad), constant(left + 1)))
    scale(quad)
  }
}
