import { constant, extractLane32, float32, load, operation, store } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { functionBuilder, get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { ModuleFunction } from '../assembler/module.ts'
import { floatBits } from '../epilogue/epilogue.ts'
import { countersPerBin, scratchLayout } from './scratch.ts'
import { walkValues } from './walk-values.ts'

/** From here to its double float32 numbers are 1/16 apart: the bits of `origin + bin` are those of `origin` plus 16 for each bin. */
const origin = 2 ** (23 - Math.log2(countersPerBin * 4))

/**
 * Parameters of the function, float32 in this order: the scale, a power of two; the larger of it and 1; where the bin in the
 * middle stands among all, from `origin` on.
 */
export function countingParameters(exponent: number, half: number): readonly number[] {
  const scale = 2 ** -exponent
  return [scale, Math.max(scale, 1), origin + half]
}

/**
 * `countBins(address, count, scratch)`: counts up a counter of the bin `half + floor(value * scale)` for each value, one for
 * each lane. Values must lie within the bins; {@link countingParameters} stand in the scratch memory.
 */
export function countBinsFunction(): ModuleFunction {
  const f = functionBuilder(3)
  const [address, count, scratch] = [f.parameter(0), f.parameter(1), f.parameter(2)]
  const addressesOf = counterAddresses(f, scratch)
  const counters = f.local('v128')
  const counter = f.local('i32')
  walkValues(f, { address, count }, 2, (values, _, lanes) => {
    f.set(counters, addressesOf(values))
    for (let lane = 0; lane < lanes; lane++) {
      f.set(counter, extractLane32(get(counters), lane))
      const more = operation('i32.add', load('i32.load', get(counter), lane * 4), constant(1))
      f.emit(store('i32.store', get(counter), more, lane * 4))
    }
  })
  return { parameters: 3, code: f.finish(), exportName: 'countBins' }
}

/**
 * Prepares how values become addresses of the first counters of their bins.
 *
 * The product is exact, but so small a one may round to -0 that its floor would be 0 instead of -1. So the floor is taken of
 * `min(product, max(value * atLeastOne, -1))`: that is the product from 0 on and up to -1, and between them some number
 * between them, because `value * atLeastOne` is no closer to 0 than the product and never rounds to it.
 */
function counterAddresses(
  f: FunctionBuilder,
  scratch: Local<'i32'>,
): (values: Expression<'v128'>) => Expression<'v128'> {
  const hoisted = (value: Expression<'v128'>): Local<'v128'> => {
    const local = f.local('v128')
    f.set(local, value)
    return local
  }
  const [scale, atLeastOne, middle] = [0, 1, 2].map((index) =>
    hoisted(load('v128.load32_splat', get(scratch), scratchLayout.parameters + index * 4)),
  ) as [Local<'v128'>, Local<'v128'>, Local<'v128'>]
  const minusOne = hoisted(operation('f32x4.splat', float32(-1)))
  const base = operation('i32.add', get(scratch), constant(scratchLayout.counters - floatBits(origin)))
  const bitsToAddress = hoisted(operation('i32x4.splat', base))
  const latest = f.local('v128')
  return (values) => {
    f.set(latest, values)
    const product = operation('f32x4.mul', get(latest), get(scale))
    const nearZero = operation(
      'f32x4.pmax',
      operation('f32x4.mul', get(latest), get(atLeastOne)),
      get(minusOne),
    )
    const floor = operation('f32x4.floor', operation('f32x4.pmin', product, nearZero))
    return operation('i32x4.add', operation('f32x4.add', floor, get(middle)), get(bitsToAddress))
  }
}
