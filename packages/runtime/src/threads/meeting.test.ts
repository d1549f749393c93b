import { wasm } from '@quantrx/kernels'
import { expect, it } from 'vitest'
import { placeControl } from './control.ts'
import { meetingFunction } from './meeting.ts'
import { startWorkers } from './workers.ts'

const rounds = 3000
/** Address at which each thread notes its round. */
const noteAt = (thread: number): number => thread * 4
const errorsAt = 64
const { control, bytes } = placeControl({ bytes: 128 })

/** Every round each thread notes the round, meets the others, checks their notes, and meets them again. */
function roundsFunction(thread: number, threads: number, meet: number): wasm.ModuleFunction {
  const f = wasm.functionBuilder()
  const round = f.local('i32')
  f.repeat(rounds, () => {
    f.increase(round, 1)
    f.emit(wasm.store('i32.store', wasm.constant(noteAt(thread)), wasm.get(round)))
    f.emit(wasm.call(meet))
    for (let other = 0; other < threads; other++) {
      const note = wasm.load('i32.load', wasm.constant(noteAt(other)))
      f.when(wasm.operation('i32.ne', note, wasm.get(round)), () =>
        f.emit(wasm.drop(wasm.atomicAdd(errorsAt, wasm.constant(1)))),
      )
    }
    f.emit(wasm.call(meet))
  })
  return { parameters: 0, code: f.finish(), exportName: `rounds${thread}` }
}

it.each([
  [2, true],
  [3, true],
  [4, true],
  [2, false],
  [3, false],
])(
  'shows %i threads what the others wrote before; the main one may sleep: %s',
  async (threads, mainSleeps) => {
    const functions = [
      meetingFunction(control, threads, mainSleeps),
      meetingFunction(control, threads, true),
      ...Array.from({ length: threads }, (_, thread) =>
        roundsFunction(thread, threads, thread === 0 ? 0 : 1),
      ),
    ]
    const module = new WebAssembly.Module(wasm.moduleBytes({ functions, pages: 1, shared: true }))
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })
    const imports = wasm.memoryImport(memory)
    const entries = Array.from({ length: threads - 1 }, (_, at) => `rounds${at + 1}`)
    await startWorkers(entries.map((entry) => ({ module, imports, entry })))
    // So that the others have gone to sleep before the main thread comes.
    await new Promise((resolve) => setTimeout(resolve, 20))
    const { exports } = new WebAssembly.Instance(module, imports)
    ;(exports['rounds0'] as () => void)()
    const values = new Int32Array(memory.buffer, 0, bytes / 4)
    expect([...values.subarray(0, threads)]).toEqual(Array.from({ length: threads }, () => rounds))
    expect(values[errorsAt / 4]).toBe(0)
    expect(values[control.meetings / 4]).toBe(2 * rounds)
  },
)
