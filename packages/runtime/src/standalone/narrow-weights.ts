import { wasm } from '@quantrx/kernels'
import type { StoredConstant } from './stored-constant.ts'

/** Elements that are widened at a time. */
const group = 8

/**
 * Weights as a file holds them: int16 whose values all fit int8, as int8 in the upper half of their room. Weights of int8 models
 * are int16 only because that is what the kernels multiply.
 *
 * @param address a multiple of 16, the room up to the next of which is free.
 * @param widen number of {@link widenFunction} in the module.
 * @returns undefined where values do not fit.
 */
export function narrowWeights(
  values: Int16Array,
  address: number,
  widen: number,
): StoredConstant | undefined {
  if (!values.every((value) => value >= -128 && value <= 127)) return undefined
  const groups = Math.ceil(values.length / group)
  return {
    segment: { address: address + groups * group, bytes: new Uint8Array(Int8Array.from(values).buffer) },
    restore: wasm.call(widen, wasm.constant(address), wasm.constant(groups)),
  }
}

/** A function of an address and a number of groups, both i32, that widens weights in place. */
export function widenFunction(): wasm.ModuleFunction {
  const f = wasm.functionBuilder(2)
  const [target, groups] = [f.parameter(0), f.parameter(1)]
  const source = f.local('i32')
  const half = wasm.operation('i32.mul', wasm.get(groups), wasm.constant(group))
  f.set(source, wasm.operation('i32.add', wasm.get(target), half))
  f.repeatWhile(
    () => wasm.tee(groups, wasm.operation('i32.sub', wasm.get(groups), wasm.constant(1))),
    () => {
      // Upwards, so that each store ends before what is still to be read.
      f.emit(wasm.store('v128.store', wasm.get(target), wasm.load('v128.load8x8_s', wasm.get(source))))
      f.increase(target, 2 * group)
      f.increase(source, group)
    },
  )
  return { parameters: 2, code: f.finish() }
}
