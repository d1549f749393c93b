import {
  constant,
  constant64,
  extractLane32,
  extractLane64,
  float32,
  load,
  operation,
  store,
  vectorConstant,
} from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { functionBuilder, get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { ModuleFunction } from '../assembler/module.ts'
import { countersPerBin, largestBinCount, scratchLayout } from './scratch.ts'
import { walkValues } from './walk-values.ts'

const bytesPerBin = countersPerBin * 4

/** From here to its double the last of the 23 bits of a float32 fraction is worth `1 / bytesPerBin`. */
const origin = 2 ** (23 - Math.log2(bytesPerBin))

/**
 * Of the bits of `origin + bin`, those that are `bin * bytesPerBin`; nothing else, so that no value whatever leads out of the
 * counters.
 */
const offsetBits = (largestBinCount - 1) * bytesPerBin

const vectorsPerTurn = countersPerBin / 4

/** Parameters of the functions, float32 in this order: the scale, a power of two; where the bin in the middle stands among all, from `origin` on. */
export function countingParameters(exponent: number, half: number): readonly number[] {
  return [2 ** -exponent, origin + half]
}

/** Name of the function that counts in bins of the width `2^exponent`. */
export function countingFunction(exponent: number): 'countNarrowBins' | 'countWideBins' {
  return exponent <= 0 ? 'countNarrowBins' : 'countWideBins'
}

/**
 * `countNarrowBins(address, count)`, for bins of a width of 1 or less, and `countWideBins(address, count)` for wider ones: each counts up
 * a counter of the bin `half + floor(value * scale)` for each value, another one for each value of a turn. Values must lie within the bins;
 * {@link countingParameters} stand in the scratch memory.
 */
export function countBinsFunctions(scratch: number): readonly ModuleFunction[] {
  return [
    countBinsFunction(scratch, 'countNarrowBins', (_, product) => product),
    countBinsFunction(scratch, 'countWideBins', awayFromZero),
  ]
}

/** Some expression with the floor that the exact product has, from values and their products as float32 numbers. */
type Floored = (values: Expression<'v128'>, product: Expression<'v128'>) => Expression<'v128'>

/**
 * A product with a scale of 1 or more is exact, but with a smaller one so small a product may round to -0 that its floor would be 0
 * instead of -1. So the floor is taken of `min(product, max(value, -1))`: that is the product from 0 on and up to -1, and between them
 * some number between them, because the value is no closer to 0 than the product.
 */
const awayFromZero: Floored = (values, product) => {
  const nearZero = operation('f32x4.pmax', values, operation('f32x4.splat', float32(-1)))
  return operation('f32x4.pmin', product, nearZero)
}

function countBinsFunction(scratch: number, exportName: string, floored: Floored): ModuleFunction {
  const f = functionBuilder(2)
  const [address, count] = [f.parameter(0), f.parameter(1)]
  const offsetsOf = counterOffsets(f, scratch + scratchLayout.parameters, floored)
  const [offsets, pair, offset] = [f.local('v128'), f.local('i64'), f.local('i32')]
  const countUp = (value: number, at: Expression<'i32'>): void => {
    const counter = scratch + scratchLayout.counters + value * 4
    f.set(offset, at)
    const more = operation('i32.add', load('i32.load', get(offset), counter), constant(1))
    f.emit(store('i32.store', get(offset), more, counter))
  }
  walkValues(f, { address, count }, vectorsPerTurn, (values, vector, lanes) => {
    f.set(offsets, offsetsOf(values))
    if (lanes === 1) {
      countUp(0, extractLane32(get(offsets), 0))
      return
    }
    // Two at a time: taking lanes out of vectors is what takes longest.
    for (const half of [0, 1]) {
      const first = 4 * vector + 2 * half
      f.set(pair, extractLane64(get(offsets), half))
      countUp(first, operation('i32.wrap_i64', get(pair)))
      countUp(first + 1, operation('i32.wrap_i64', operation('i64.shr_u', get(pair), constant64(32))))
    }
  })
  return { parameters: 2, code: f.finish(), exportName }
}

/** Prepares how values become offsets of the counters of their bins. */
function counterOffsets(
  f: FunctionBuilder,
  parameters: number,
  floored: Floored,
): (values: Expression<'v128'>) => Expression<'v128'> {
  const hoisted = (value: Expression<'v128'>): Local<'v128'> => {
    const local = f.local('v128')
    f.set(local, value)
    return local
  }
  const [scale, middle] = [0, 1].map((index) =>
    hoisted(load('v128.load32_splat', constant(parameters + index * 4))),
  ) as [Local<'v128'>, Local<'v128'>]
  const mask = hoisted(vectorConstant(new Int32Array(4).fill(offsetBits)))
  const latest = f.local('v128')
  return (values) => {
    f.set(latest, values)
    const product = operation('f32x4.mul', get(latest), get(scale))
    const floor = operation('f32x4.floor', floored(get(latest), product))
    return operation('v128.and', operation('f32x4.add', floor, get(middle)), get(mask))
  }
}
