import { wasm } from '@quantrx/kernels'
import type { Control } from './control.ts'

/**
 * How often a thread looks before it goes to sleep: about as long as waking it takes (tens of microseconds), so that waiting
 * costs at most twice what the better of both would have.
 */
const looks = 40_000

/**
 * A function that returns when the state is no longer what its parameter says.
 *
 * @param sleeps false where a thread may not sleep, as the main one of a browser; it looks until the state has changed.
 */
export function waitFunction({ state, sleeping }: Control, sleeps: boolean): wasm.ModuleFunction {
  const f = wasm.functionBuilder(1)
  const old = wasm.get(f.parameter(0))
  const left = f.local('i32')
  f.set(left, wasm.constant(looks))
  f.repeatWhile(
    () => wasm.operation('i32.eq', wasm.atomicLoad(state), old),
    () => {
      if (!sleeps) return
      f.increase(left, -1)
      f.when(wasm.operation('i32.eqz', wasm.get(left)), () => {
        f.emit(wasm.drop(wasm.atomicAdd(sleeping, wasm.constant(1))))
        f.emit(wasm.atomicWait(state, old))
        f.emit(wasm.drop(wasm.atomicAdd(sleeping, wasm.constant(-1))))
      })
    },
  )
  return { parameters: 1, code: f.finish() }
}

/** Changes the state and wakes who waits for that. */
export function emitNewState(
  f: wasm.FunctionBuilder,
  { state, sleeping }: Control,
  value: wasm.Expression<'i32'>,
): void {
  f.emit(wasm.atomicStore(state, value))
  // A thread counts as sleeping before it compares, and this looks after it has stored: one of both notices the other.
  f.when(wasm.atomicLoad(sleeping), () => f.emit(wasm.atomicNotifyAll(state)))
}
