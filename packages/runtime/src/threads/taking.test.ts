import { wasm } from '@quantrx/kernels'
import { expect, it } from 'vitest'
import { closed, ended, openStage, placeControl } from './control.ts'
import { finishFunction, takeFunction } from './taking.ts'
import { emitNewState, waitFunction } from './waiting.ts'
import { startWorkers } from './workers.ts'

const rounds = 2000
const stages = 5
const shares = 3
/** Address of how often each share of each stage has been computed. */
const computedAt = (stage: number, share: number): number => (stage * shares + share) * 4
const computedBytes = computedAt(stages, 0)
const errorsAt = computedBytes
const { control } = placeControl({ bytes: errorsAt + 4 })
const [zero, one] = [wasm.constant(0), wasm.constant(1)]

/** Computing a share counts it, and notes an error where a share of the stage before has been counted less often. */
function emitShare(f: wasm.FunctionBuilder, stage: number, share: number): void {
  f.emit(wasm.drop(wasm.atomicAdd(computedAt(stage, share), one)))
  if (stage === 0) return
  const own = wasm.load('i32.load', wasm.constant(computedAt(stage, share)))
  for (let other = 0; other < shares; other++) {
    const before = wasm.load('i32.load', wasm.constant(computedAt(stage - 1, other)))
    f.when(wasm.operation('i32.lt_s', before, own), () => f.emit(wasm.drop(wasm.atomicAdd(errorsAt, one))))
  }
}

function emitStages(f: wasm.FunctionBuilder, liked: number, take: number, finish: number): void {
  const [share, claimed] = [f.local('i32'), f.local('i32')]
  for (let stage = 0; stage < stages; stage++) {
    const parameters = [stage, shares].map(wasm.constant)
    f.repeatWhile(
      () =>
        wasm.operation(
          'i32.and',
          wasm.operation('i32.ge_s', wasm.get(share), zero),
          wasm.operation('i32.eqz', wasm.get(claimed)),
        ),
      () => {
        f.set(share, wasm.constant(liked % shares))
        f.when(wasm.operation('i32.eqz', wasm.get(claimed)), () =>
          f.set(share, wasm.callFor(take, ...parameters, wasm.constant(liked))),
        )
        f.set(claimed, zero)
        f.when(wasm.operation('i32.ge_s', wasm.get(share), zero), () => {
          for (let index = 0; index < shares; index++) {
            f.when(wasm.operation('i32.eq', wasm.get(share), wasm.constant(index)), () =>
              emitShare(f, stage, index),
            )
          }
          f.set(
            claimed,
            wasm.callFor(finish, ...parameters, wasm.constant(stage + 1), wasm.constant(liked % shares)),
          )
        })
      },
    )
  }
}

/** The main thread opens the first stage in every round, and sees the run closed when it has gone through all stages. */
function mainFunction(take: number, finish: number): wasm.ModuleFunction {
  const f = wasm.functionBuilder()
  f.repeat(rounds, () => {
    f.emit(wasm.atomicStore(control.to, wasm.constant(stages)))
    emitNewState(f, control, wasm.constant(openStage(0)))
    emitStages(f, 0, take, finish)
    const isClosed = wasm.operation('i32.eq', wasm.atomicLoad(control.state), wasm.constant(closed))
    f.when(wasm.operation('i32.eqz', isClosed), () => f.emit(wasm.drop(wasm.atomicAdd(errorsAt, one))))
  })
  emitNewState(f, control, wasm.constant(ended))
  return { parameters: 0, code: f.finish(), exportName: 'main' }
}

function workFunction(thread: number, wait: number, take: number, finish: number): wasm.ModuleFunction {
  const f = wasm.functionBuilder()
  f.repeatWhile(
    () => wasm.operation('i32.ne', wasm.atomicLoad(control.state), wasm.constant(ended)),
    () => {
      f.emit(wasm.call(wait, wasm.constant(closed)))
      emitStages(f, thread, take, finish)
    },
  )
  return { parameters: 0, code: f.finish(), exportName: `work${thread}` }
}

it.each([
  [1, true],
  [2, true],
  [3, true],
  [5, true],
  [3, false],
])(
  '%i threads compute every share once, after the stage before; the main one may sleep: %s',
  async (threads, sleeps) => {
    const [mainWait, mainTake, wait, take, finish] = [0, 1, 2, 3, 4] as const
    const functions = [
      waitFunction(control, sleeps),
      takeFunction(control, mainWait),
      waitFunction(control, true),
      takeFunction(control, wait),
      finishFunction(control),
      mainFunction(mainTake, finish),
      ...Array.from({ length: threads - 1 }, (_, at) => workFunction(at + 1, wait, take, finish)),
    ]
    const module = new WebAssembly.Module(wasm.moduleBytes({ functions, pages: 1, shared: true }))
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })
    const values = new Int32Array(memory.buffer)
    values[control.state / 4] = closed
    const imports = wasm.memoryImport(memory)
    const entries = Array.from({ length: threads - 1 }, (_, at) => `work${at + 1}`)
    await startWorkers(entries.map((entry) => ({ module, imports, entry })))
    // So that the others have gone to sleep before the main thread begins.
    await new Promise((resolve) => setTimeout(resolve, 20))
    const { exports } = new WebAssembly.Instance(module, imports)
    ;(exports['main'] as () => void)()
    expect([...values.subarray(0, computedBytes / 4)]).toEqual(new Array(stages * shares).fill(rounds))
    expect(values[errorsAt / 4]).toBe(0)
  },
)
