import { wasm } from '@quantrx/kernels'
import { closed, openStage, stageOf } from './control.ts'
import type { Control } from './control.ts'
import { emitNewState } from './waiting.ts'

/**
 * A function of a stage, how many shares it has and the share that the caller would like: it gives the share that the caller
 * is to compute, or -1 when the stage is not open. It waits while all shares are taken but not all are finished.
 *
 * Threads like the same share of every stage, which lies near what they have computed before, but do not wait for each other
 * where one is late.
 *
 * @param wait number of the function that waits for a change of the state.
 */
export function takeFunction({ state }: Control, wait: number): wasm.ModuleFunction {
  const f = wasm.functionBuilder(3)
  const [stage, shares, liked] = [0, 1, 2].map((index) => wasm.get(f.parameter(index))) as [I32, I32, I32]
  const [old, free, bit, again, taken] = Array.from({ length: 5 }, () => f.local('i32')) as Locals
  f.repeatWhile(
    () => wasm.get(again),
    () => {
      f.set(again, wasm.constant(0))
      f.set(taken, wasm.constant(-1))
      f.set(old, wasm.atomicLoad(state))
      f.when(wasm.operation('i32.eq', stageOf(wasm.get(old)), stage), () => {
        f.set(again, wasm.constant(1))
        f.set(free, freeShares(wasm.get(old), shares))
        f.when(wasm.operation('i32.eqz', wasm.get(free)), () => f.emit(wasm.call(wait, wasm.get(old))))
        f.set(bit, wasm.operation('i32.and', wasm.get(free), wasm.operation('i32.shl', one, liked)))
        f.when(wasm.operation('i32.eqz', wasm.get(bit)), () => f.set(bit, lowestBit(wasm.get(free))))
        const claimed = wasm.operation('i32.or', wasm.get(old), wasm.get(bit))
        f.when(wasm.get(bit), () => {
          const before = wasm.atomicCompareExchange(state, wasm.get(old), claimed)
          f.when(wasm.operation('i32.eq', before, wasm.get(old)), () => {
            f.set(taken, wasm.operation('i32.ctz', wasm.get(bit)))
            f.set(again, wasm.constant(0))
          })
        })
      })
    },
  )
  return { parameters: 3, results: 1, code: f.finish(wasm.get(taken)) }
}

type I32 = wasm.Expression<'i32'>
type Local = wasm.Local<'i32'>
type Locals = [Local, Local, Local, Local, Local]
type Parameters = [I32, I32, I32, I32]

const one = wasm.constant(1)

const freeShares = (state: I32, shares: I32): I32 => {
  const all = wasm.operation('i32.sub', wasm.operation('i32.shl', one, shares), one)
  return wasm.operation('i32.and', wasm.operation('i32.xor', state, wasm.constant(-1)), all)
}

const lowestBit = (bits: I32): I32 =>
  wasm.operation('i32.and', bits, wasm.operation('i32.sub', wasm.constant(0), bits))

/**
 * A function of a stage, how many shares it has, the first operator of the next and the share of that which the caller would
 * like: it notes that a share is finished. After the last one it opens the next stage, or closes the run when that lies behind
 * its end. It gives 1 where the caller has its share of the next stage already, or else 0.
 */
export function finishFunction(control: Control): wasm.ModuleFunction {
  const f = wasm.functionBuilder(4)
  const [stage, shares, next, liked] = [0, 1, 2, 3].map((index) => wasm.get(f.parameter(index))) as Parameters
  const goesOn = f.local('i32')
  const finished = wasm.operation('i32.add', wasm.atomicAdd(control.finished, one), one)
  f.when(wasm.operation('i32.eq', finished, shares), () => {
    f.emit(wasm.atomicStore(control.finished, wasm.constant(0)))
    f.set(goesOn, wasm.operation('i32.lt_s', next, wasm.atomicLoad(control.to)))
    const number = wasm.operation('i32.add', stage, one)
    const opened = wasm.operation('i32.mul', number, wasm.constant(openStage(1)))
    // Nobody else has seen the stage yet, and the line with the state is here now.
    const claimed = wasm.operation('i32.or', opened, wasm.operation('i32.shl', one, liked))
    emitNewState(f, control, wasm.select(claimed, wasm.constant(closed), wasm.get(goesOn)))
  })
  return { parameters: 4, results: 1, code: f.finish(wasm.get(goesOn)) }
}
