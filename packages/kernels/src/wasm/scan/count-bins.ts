import {
  constant,
  extractLane32,
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

/** So many are counted in turn that the next products are ready when counters are. */
const vectorsPerTurn = 2

/**
 * Parameters of the function, float32 in this order: the scale, a power of two; the larger of it and 1; where the bin in the
 * middle stands among all, from `origin` on.
 */
export function countingParameters(exponent: number, half: number): readonly number[] {
  const scale = 2 ** -exponent
  return [scale, Math.max(scale, 1), origin + half]
}

/**
 * `countBins(address, count)`: counts up a counter of the bin `half + floor(value * scale)` for each value, one for each lane.
 * Values must lie within the bins; {@link countingParameters} stand in the scratch memory.
 */
export function countBinsFunction(scratch: number): ModuleFunction {
  const f = functionBuilder(2)
  const [address, count] = [f.parameter(0), f.parameter(1)]
  const offsetsOf = counterOffsets(f, scratch + scratchLayout.parameters)
  const offsets = f.local('v128')
  const offset = f.local('i32')
  walkValues(f, { address, count }, vectorsPerTurn, (values, _, lanes) => {
    f.set(offsets, offsetsOf(values))
    for (let lane = 0; lane < lanes; lane++) {
      const counter = scratch + scratchLayout.counters + lane * 4
      f.set(offset, extractLane32(get(offsets), lane))
      const more = operation('i32.add', load('i32.load', get(offset), counter), constant(1))
      f.emit(store('i32.store', get(offset), more, counter))
    }
  })
  return { parameters: 2, code: f.finish(), exportName: 'countBins' }
}

/**
 * Prepares how values become offsets of the counters of their bins.
 *
 * The product is exact, but so small a one may round to -0 that its floor would be 0 instead of -1. So the floor is taken of
 * `min(product, max(value * atLeastOne, -1))`: that is the product from 0 on and up to -1, and between them some number
 * between them, because `value * atLeastOne` is no closer to 0 than the product and never rounds to it.
 */
function counterOffsets(
  f: FunctionBuilder,
  parameters: number,
): (values: Expression<'v128'>) => Expression<'v128'> {
  const hoisted = (value: Expression<'v128'>): Local<'v128'> => {
    const local = f.local('v128')
    f.set(local, value)
    return local
  }
  const parameter = (index: number): Local<'v128'> =>
    hoisted(load('v128.load32_splat', constant(parameters + index * 4)))
  const [scale, atLeastOne, middle] = [parameter(0), parameter(1), parameter(2)]
  const minusOne = hoisted(operation('f32x4.splat', float32(-1)))
  const mask = hoisted(vectorConstant(new Int32Array(4).fill(offsetBits)))
  const latest = f.local('v128')
  return (values) => {
    f.set(latest, values)
    const product = operation('f32x4.mul', get(latest), get(scale))
    const farther = operation('f32x4.mul', get(latest), get(atLeastOne))
    const nearZero = operation('f32x4.pmax', farther, get(minusOne))
    const floor = operation('f32x4.floor', operation('f32x4.pmin', product, nearZero))
    return operation('v128.and', operation('f32x4.add', floor, get(middle)), get(mask))
  }
}
