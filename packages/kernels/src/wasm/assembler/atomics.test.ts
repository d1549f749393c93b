import { expect, it } from 'vitest'
import {
  atomicAdd,
  atomicCompareExchange,
  atomicLoad,
  atomicNotifyAll,
  atomicStore,
  atomicWait,
} from './atomics.ts'
import { callFor, constant, operation, store } from './expression.ts'
import { functionBuilder, get } from './function-builder.ts'
import { memoryImport, moduleBytes } from './module.ts'

it('reads and changes memory that it shares', () => {
  const f = functionBuilder()
  f.emit(atomicStore(0, operation('i32.add', atomicLoad(128), constant(1))))
  f.emit(store('i32.store', constant(4), atomicAdd(132, constant(-3))))
  // Nothing wakes this thread, so it must not sleep: there is no 77.
  f.emit(atomicWait(128, constant(77)))
  f.emit(atomicNotifyAll(128))
  const functions = [{ parameters: 0, code: f.finish(), exportName: 'run' }]
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })
  const module = new WebAssembly.Module(moduleBytes({ functions, pages: 1, shared: true }))
  const { exports } = new WebAssembly.Instance(module, memoryImport(memory))
  const values = new Int32Array(memory.buffer)
  values.set([41, 10], 32)
  ;(exports['run'] as () => void)()
  expect([...values.subarray(0, 2), ...values.subarray(32, 34)]).toEqual([42, 10, 41, 7])
  expect(exports['memory']).toBe(memory)
})

it('replaces what is expected, and nothing else', () => {
  const exchange = functionBuilder(2)
  const [expected, replacement] = [get(exchange.parameter(0)), get(exchange.parameter(1))]
  const exchangeCode = exchange.finish(atomicCompareExchange(64, expected, replacement))
  const run = functionBuilder()
  run.emit(store('i32.store', constant(0), callFor(0, constant(0), constant(5))))
  run.emit(store('i32.store', constant(4), callFor(0, constant(0), constant(6))))
  const functions = [
    { parameters: 2, results: 1, code: exchangeCode },
    { parameters: 0, code: run.finish(), exportName: 'run' },
  ] as const
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })
  const module = new WebAssembly.Module(moduleBytes({ functions, pages: 1, shared: true }))
  const { exports } = new WebAssembly.Instance(module, memoryImport(memory))
  ;(exports['run'] as () => void)()
  const values = new Int32Array(memory.buffer)
  expect([values[0], values[1], values[16]]).toEqual([0, 5, 5])
})
