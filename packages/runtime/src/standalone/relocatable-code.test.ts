import { wasm } from '@quantrx/kernels'
import { describe, expect, it } from 'vitest'
import { relocatableCode } from './relocatable-code.ts'

/** A kernel of one input and one constant: writes numbers to addresses. */
const kernelOf = (emit: wasm.GeneratedKernel['emit']): wasm.GeneratedKernel => ({
  ...{ name: 'test', constants: [new Int32Array(4)], scratchBytes: 16, emit },
})

const storeAt = (f: wasm.FunctionBuilder, address: number, value: number): void =>
  f.emit(wasm.store('i32.store', wasm.constant(address), wasm.constant(value)))

/** Runs code with its addresses as parameters; gives what is then in memory. */
function run(code: Uint8Array, addresses: readonly number[]): Int32Array {
  const start = wasm.functionBuilder()
  start.emit(wasm.call(0, ...addresses.map(wasm.constant)))
  const functions = [
    { parameters: addresses.length, code },
    { parameters: 0, code: start.finish() },
  ]
  const module = new WebAssembly.Module(wasm.moduleBytes({ functions, pages: 1, start: 1 }))
  return new Int32Array((new WebAssembly.Instance(module).exports['memory'] as WebAssembly.Memory).buffer)
}

it('takes every address as a parameter, and what is beside it', () => {
  const kernel = kernelOf((f, { inputs, output, constants, scratch }) => {
    const count = f.local('i32')
    f.set(count, wasm.constant(3))
    storeAt(f, inputs[0]!, 1)
    storeAt(f, output - 4, 2)
    storeAt(f, constants[0]! + 8, 3)
    f.emit(wasm.store('i32.store', wasm.constant(scratch), wasm.get(count), 8))
    f.emit(wasm.store('i32.store', wasm.constant(scratch), wasm.constant(scratch), 12))
  })
  const code = relocatableCode(kernel, 1)!
  for (const addresses of [
    [0, 64, 128, 192],
    [4096, 64, 65504, 32],
  ]) {
    const [input = 0, output = 0, constants = 0, scratch = 0] = addresses
    const memory = run(code, addresses)
    const places = [input, output - 4, constants + 8, scratch + 8, scratch + 12]
    expect(places.map((place) => memory[place / 4])).toEqual([1, 2, 3, 3, scratch])
  }
})

it('is the same for kernels that differ in their addresses only', () => {
  const kernel = (value: number) => kernelOf((f, { output }) => storeAt(f, output, value))
  expect(relocatableCode(kernel(5), 1)).toEqual(relocatableCode(kernel(5), 1))
  expect(relocatableCode(kernel(5), 1)).not.toEqual(relocatableCode(kernel(6), 1))
})

describe('leaves alone code that depends on addresses in another way', () => {
  it.each<readonly [string, wasm.GeneratedKernel['emit']]>([
    [
      'in the offset of an instruction',
      (f, { output }) => f.emit(wasm.store('i32.store', wasm.constant(0), wasm.constant(1), output)),
    ],
    ['in part', (f, { output }) => storeAt(f, output % 65536, 1)],
    ['as a multiple', (f, { output }) => storeAt(f, output * 2, 1)],
    ['as a distance', (f, { inputs, output }) => storeAt(f, 0, inputs[0]! - output)],
    ['far beside them', (f, { output }) => storeAt(f, output + 2 ** 23, 1)],
    ['in what it does', (f, { output }) => output % 32 === 0 && storeAt(f, 0, 1)],
    ['in what it stores', (f, { output }) => storeAt(f, 0, output % 64 === 0 ? 1 : 2)],
  ])('%s', (_, emit) => {
    expect(relocatableCode(kernelOf(emit), 1)).toBeUndefined()
  })
})
