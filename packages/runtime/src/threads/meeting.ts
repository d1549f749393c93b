import { wasm } from '@quantrx/kernels'
import type { Control } from './control.ts'

/**
 * How often a thread looks before it goes to sleep: about as long as waking it would take (tens of microseconds), so that
 * waiting costs at most twice what the better of both would have.
 */
const looks = 40_000

/**
 * A function that returns when all threads have called it: what one has written before, the others can read after.
 *
 * @param threads how many threads there are.
 * @param sleeps false where a thread may not sleep, as the main one of a browser; it looks until the others have come.
 */
export function meetingFunction(
  { meetings, arrived, sleeping }: Control,
  threads: number,
  sleeps: boolean,
): wasm.ModuleFunction {
  const f = wasm.functionBuilder()
  const before = f.local('i32')
  const left = f.local('i32')
  f.set(before, wasm.atomicLoad(meetings))
  const others = wasm.atomicAdd(arrived, wasm.constant(1))
  const isLast = wasm.operation('i32.eq', others, wasm.constant(threads - 1))
  f.when(
    isLast,
    () => {
      f.emit(wasm.atomicStore(arrived, wasm.constant(0)))
      f.emit(wasm.atomicStore(meetings, wasm.operation('i32.add', wasm.get(before), wasm.constant(1))))
      // A thread counts as sleeping before it compares, and this looks after it has stored: one of both notices the other.
      f.when(wasm.atomicLoad(sleeping), () => f.emit(wasm.atomicNotifyAll(meetings)))
    },
    () => {
      f.set(left, wasm.constant(looks))
      f.repeatWhile(
        () => wasm.operation('i32.eq', wasm.atomicLoad(meetings), wasm.get(before)),
        () => {
          if (!sleeps) return
          f.increase(left, -1)
          f.when(wasm.operation('i32.eqz', wasm.get(left)), () =>
            emitSleep(f, wasm.get(before), meetings, sleeping),
          )
        },
      )
    },
  )
  return { parameters: 0, code: f.finish() }
}

function emitSleep(
  f: wasm.FunctionBuilder,
  expected: wasm.Expression<'i32'>,
  meetings: number,
  sleeping: number,
): void {
  f.emit(wasm.drop(wasm.atomicAdd(sleeping, wasm.constant(1))))
  f.emit(wasm.atomicWait(meetings, expected))
  f.emit(wasm.drop(wasm.atomicAdd(sleeping, wasm.constant(-1))))
}
