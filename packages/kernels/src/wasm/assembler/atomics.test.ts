import { expect, it } from 'vitest'
import { atomicAdd, atomicLoad, atomicNotifyAll, atomicStore, atomicWait } from './atomics.ts'
import { constant, operation, store } from './expression.ts'
import { functionBuilder } from './function-builder.ts'
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
