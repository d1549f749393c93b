import { wasm } from '@quantrx/kernels'
import { layoutPages, operatorsFunction } from '../emit-program.ts'
import type { ProgramKernels, ProgramLayout } from '../emit-program.ts'
import { kernelFunctions } from '../kernel-functions.ts'
import { closed, ended, openStage, placeControl } from './control.ts'
import type { Control } from './control.ts'
import { stagesOf } from './stages.ts'
import type { Stage } from './stages.ts'
import { finishFunction, takeFunction } from './taking.ts'
import { emitNewState, waitFunction } from './waiting.ts'

/** How the threads of a program work together. */
export interface ThreadOptions {
  /** Two or more, the main one included. */
  readonly threads: number
  /** Whether the main thread may sleep. */
  readonly mainSleeps: boolean
}

/** The module of a program that several threads run. */
export interface ThreadedModule {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Pages of the shared memory that it imports. */
  readonly pages: number
  /** Address of what has to be {@link closed} before the first thread starts. */
  readonly state: number
}

/** What a threaded module exports for the main thread. */
export interface ThreadedExports {
  /** Runs operators, of which the first belongs to `stage`, together with the threads that are there. */
  run(from: number, to: number, stage: number): void
  /** Runs operators of which none is divided. */
  runAlone(from: number, to: number): void
  /** Lets the other threads return. */
  end(): void
}

/** The export that another thread calls, once: it returns when the main thread ends it. */
export const workExport = (thread: number): string => `work${thread}`

/**
 * The module of a program for several threads. Stage after stage, each takes shares until none is left; whoever finishes the
 * last one opens the next stage. So a thread that sleeps, or whose core is busy, is late but keeps no other waiting.
 */
export function threadedModule(
  program: ProgramKernels,
  layout: ProgramLayout,
  { threads, mainSleeps }: ThreadOptions,
): ThreadedModule {
  const { control, bytes } = placeControl(layout)
  const kernels = kernelFunctions(program, layout)
  const functions = [...kernels.functions]
  const add = (added: wasm.ModuleFunction): number => functions.push(added) - 1
  const undivided = add({ ...undividedFunction(program, kernels.calls), exportName: 'runAlone' })
  const finish = add(finishFunction(control))
  const stages = stagesOf(program.calls)
  for (let thread = 0; thread < threads; thread++) {
    const wait = add(waitFunction(control, thread > 0 || mainSleeps))
    const take = add(takeFunction(control, wait))
    const share = add(
      shareFunction(
        stages,
        { thread, threads },
        { control, take, finish, undivided, kernels: kernels.calls },
      ),
    )
    if (thread === 0) add(mainFunction(control, share))
    else add(workFunction(control, wait, share, workExport(thread)))
  }
  add(endFunction(control))
  const pages = layoutPages({ ...layout, bytes })
  return { bytes: wasm.moduleBytes({ functions, pages, shared: true }), pages, state: control.state }
}

function undividedFunction(program: ProgramKernels, calls: readonly wasm.Statement[]): wasm.ModuleFunction {
  return operatorsFunction(program, (f, kernels) => {
    if (kernels.length === 1) f.emit(calls[kernels[0]!]!)
  })
}

/** Numbers of the functions that a thread calls, and the code that calls each kernel. */
interface Callees {
  readonly control: Control
  readonly take: number
  readonly finish: number
  readonly undivided: number
  readonly kernels: readonly wasm.Statement[]
}

/**
 * What one thread does of all stages that are or come to be open while it goes through them. It likes its own large share best,
 * then its own small one, so that it finds in its cache what it has computed before.
 */
function shareFunction(
  stages: readonly Stage[],
  { thread, threads }: { readonly thread: number; readonly threads: number },
  { control, take, finish, undivided, kernels }: Callees,
): wasm.ModuleFunction {
  const f = wasm.functionBuilder()
  const [share, liked, claimed] = [f.local('i32'), f.local('i32'), f.local('i32')]
  const likedOf = (stage: Stage | undefined) => wasm.constant((stage?.shares.length ?? 0) === 0 ? 0 : thread)
  stages.forEach(({ from, to, shares }, stage) => {
    const parameters = [stage, Math.max(1, shares.length)].map(wasm.constant)
    const next = wasm.constant(stages[stage + 1]?.from ?? to)
    f.set(liked, likedOf(stages[stage]))
    f.repeatWhile(
      () =>
        wasm.operation(
          'i32.and',
          wasm.operation('i32.ge_s', wasm.get(share), wasm.constant(0)),
          wasm.operation('i32.eqz', wasm.get(claimed)),
        ),
      () => {
        f.set(share, wasm.get(liked))
        f.when(wasm.operation('i32.eqz', wasm.get(claimed)), () =>
          f.set(share, wasm.callFor(take, ...parameters, wasm.get(liked))),
        )
        f.set(claimed, wasm.constant(0))
        f.set(liked, wasm.constant(threads + thread))
        f.when(wasm.operation('i32.ge_s', wasm.get(share), wasm.constant(0)), () => {
          if (shares.length === 0) f.emit(wasm.call(undivided, ...rangeWithin(control, from, to)))
          shares.forEach((kernel, index) => {
            f.when(wasm.operation('i32.eq', wasm.get(share), wasm.constant(index)), () =>
              f.emit(kernels[kernel]!),
            )
          })
          f.set(claimed, wasm.callFor(finish, ...parameters, next, likedOf(stages[stage + 1])))
        })
      },
    )
  })
  return { parameters: 0, code: f.finish() }
}

/** What of the operators from one to before another belongs to the run. */
function rangeWithin(control: Control, from: number, to: number) {
  const [first, end] = [wasm.atomicLoad(control.from), wasm.atomicLoad(control.to)]
  return [
    wasm.select(first, wasm.constant(from), wasm.operation('i32.gt_s', first, wasm.constant(from))),
    wasm.select(end, wasm.constant(to), wasm.operation('i32.lt_s', end, wasm.constant(to))),
  ]
}

function mainFunction(control: Control, share: number): wasm.ModuleFunction {
  const f = wasm.functionBuilder(3)
  const [from, to, stage] = [0, 1, 2].map((index) => wasm.get(f.parameter(index)))
  f.emit(wasm.atomicStore(control.from, from!))
  f.emit(wasm.atomicStore(control.to, to!))
  emitNewState(f, control, wasm.operation('i32.mul', stage!, wasm.constant(openStage(1))))
  f.emit(wasm.call(share))
  return { parameters: 3, code: f.finish(), exportName: 'run' }
}

function workFunction(
  control: Control,
  wait: number,
  share: number,
  exportName: string,
): wasm.ModuleFunction {
  const f = wasm.functionBuilder()
  f.repeatWhile(
    () => wasm.operation('i32.ne', wasm.atomicLoad(control.state), wasm.constant(ended)),
    () => {
      f.emit(wasm.call(wait, wasm.constant(closed)))
      f.emit(wasm.call(share))
    },
  )
  return { parameters: 0, code: f.finish(), exportName }
}

function endFunction(control: Control): wasm.ModuleFunction {
  const f = wasm.functionBuilder()
  emitNewState(f, control, wasm.constant(ended))
  return { parameters: 0, code: f.finish(), exportName: 'end' }
}
