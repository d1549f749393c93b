import { expect, it } from 'vitest'
import { bytesCode, signed, signedCode, unsigned, unsignedCode } from './encode.ts'
import { call, constant, load, operation, store, trap, vectorConstant } from './expression.ts'
import { functionBuilder, get } from './function-builder.ts'
import { moduleBytes } from './module.ts'
import type { ModuleParts } from './module.ts'

function instantiate(parts: ModuleParts): { memory: Int32Array; exports: WebAssembly.Exports } {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes(parts)))
  return { memory: new Int32Array((exports['memory'] as WebAssembly.Memory).buffer), exports }
}

it.each([
  [0, [0]],
  [127, [127]],
  [128, [128, 1]],
  [2 ** 32 - 1, [255, 255, 255, 255, 15]],
])('writes %d unsigned', (value, bytes) => {
  expect(unsigned(value)).toEqual(bytes)
})

it.each([
  [0, [0]],
  [63, [63]],
  [64, [192, 0]],
  [-1, [127]],
  [-65, [191, 127]],
])('writes %d signed', (value, bytes) => {
  expect(signed(value)).toEqual(bytes)
})

const edges = [6, 7, 13, 14, 20, 21, 27].flatMap((bits) => [2 ** bits - 1, 2 ** bits, 2 ** bits + 1])

it.each([0, ...edges, 2 ** 31 - 1])('writes %d as code of the same bytes', (value) => {
  expect(unsignedCode(value)).toBe(bytesCode(unsigned(value)))
  expect(signedCode(value)).toBe(bytesCode(signed(value)))
  expect(signedCode(-value)).toBe(bytesCode(signed(-value)))
})

it('runs loops, conditions and vectors', () => {
  const f = functionBuilder(1)
  const address = f.local('i32')
  f.repeat(4, () => {
    f.emit(
      store(
        'v128.store',
        get(address),
        operation('i32x4.add', load('v128.load', constant(64)), vectorConstant(Int32Array.of(1, 2, 3, 4))),
      ),
    )
    f.increase(address, 16)
  })
  f.when(
    get(f.parameter(0)),
    () => f.emit(store('i32.store', constant(0), constant(-5))),
    () => f.emit(store('i32.store', constant(0), constant(-6))),
  )
  const { memory, exports } = instantiate({
    functions: [{ parameters: 1, code: f.finish(), exportName: 'run' }],
    pages: 1,
    data: [{ address: 64, bytes: new Uint8Array(Int32Array.of(10, 20, 30, 40).buffer) }],
  })
  const run = exports['run'] as (flag: number) => void
  run(1)
  expect([...memory.subarray(0, 17)]).toEqual([
    ...[-5, 22, 33, 44, 11, 22, 33, 44, 11, 22, 33, 44, 11, 22, 33, 44],
    10,
  ])
  run(0)
  expect(memory[0]).toBe(-6)
})

it('places data above 2^31 and at addresses whose last group looks negative', () => {
  const parts = {
    functions: [],
    pages: 2,
    data: [{ address: 64 * 1024 + 4, bytes: Uint8Array.of(1, 0, 0, 0) }],
  }
  expect(instantiate(parts).memory[16385]).toBe(1)
  const high = { functions: [], pages: 32769, data: [{ address: 2 ** 31, bytes: Uint8Array.of(9) }] }
  expect(WebAssembly.validate(moduleBytes(high))).toBe(true)
})

it('exports numbers, starts by itself and carries custom sections', () => {
  const fill = functionBuilder(2)
  fill.emit(store('i32.store', get(fill.parameter(0)), get(fill.parameter(1))))
  const start = functionBuilder()
  start.emit(call(0, constant(4), constant(-7)))
  const bytes = moduleBytes({
    functions: [
      { parameters: 2, code: fill.finish() },
      { parameters: 0, code: start.finish() },
    ],
    pages: 1,
    numbers: { answer: 42, 'below zero': -(2 ** 31) },
    start: 1,
    custom: { note: Uint8Array.of(1, 2, 3) },
  })
  const module = new WebAssembly.Module(bytes)
  const { exports } = new WebAssembly.Instance(module)
  expect(new Int32Array((exports['memory'] as WebAssembly.Memory).buffer)[1]).toBe(-7)
  expect((exports['answer'] as WebAssembly.Global).value).toBe(42)
  expect((exports['below zero'] as WebAssembly.Global).value).toBe(-(2 ** 31))
  const sections = WebAssembly.Module.customSections(module, 'note')
  expect(sections.map((section) => [...new Uint8Array(section)])).toEqual([[1, 2, 3]])
})

it('traps', () => {
  const f = functionBuilder()
  f.emit(trap)
  const { exports } = instantiate({
    functions: [{ parameters: 0, code: f.finish(), exportName: 'run' }],
    pages: 1,
  })
  expect(exports['run']).toThrow(WebAssembly.RuntimeError)
})
