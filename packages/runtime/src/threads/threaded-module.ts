import { wasm } from '@quantrx/kernels'
import { kernelFunctions, layoutPages, operatorsFunction } from '../emit-program.ts'
import type { ProgramKernels, ProgramLayout } from '../emit-program.ts'
import { placeControl } from './control.ts'
import type { Control } from './control.ts'
import { meetingFunction } from './meeting.ts'

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
}

/** What a threaded module exports. */
export interface ThreadedExports {
  /** For the main thread: runs the operators from one to before another, with the others. None, with -1 and -1, ends those. */
  run(from: number, to: number): void
  /** For the main thread: runs operators that are not divided. */
  runAlone(from: number, to: number): void
}

/** The export that another thread calls, once: it returns when the main thread ends it. */
export const workExport = (thread: number): string => `work${thread}`

/**
 * The module of a program whose divided operators are computed by all threads, the others by the first, the main one. All
 * threads meet before they start, between operators of which one is divided, and at the end.
 */
export function threadedModule(
  program: ProgramKernels,
  layout: ProgramLayout,
  { threads, mainSleeps }: ThreadOptions,
): ThreadedModule {
  const { control, bytes } = placeControl(layout)
  const functions = [...kernelFunctions(program, layout)]
  const add = (added: wasm.ModuleFunction): number => functions.push(added) - 1
  const meet = add(meetingFunction(control, threads, true))
  const mainMeet = mainSleeps ? meet : add(meetingFunction(control, threads, false))
  for (let thread = 1; thread < threads; thread++) {
    const operators = add(shareFunction(program, thread, meet))
    add(workFunction(control, operators, meet, workExport(thread)))
  }
  const operators = add({ ...shareFunction(program, 0, mainMeet), exportName: 'runAlone' })
  add(mainFunction(control, operators, mainMeet))
  const pages = layoutPages({ ...layout, bytes })
  return { bytes: wasm.moduleBytes({ functions, pages, shared: true }), pages }
}

/** What one thread does of the operators from one to before another. */
function shareFunction(program: ProgramKernels, thread: number, meet: number): wasm.ModuleFunction {
  return operatorsFunction(program, (f, kernels, index) => {
    const isDivided = kernels.length > 1
    const wasDivided = (program.calls[index - 1]?.length ?? 0) > 1
    if (isDivided || wasDivided) {
      const isFirst = wasm.operation('i32.eq', wasm.get(f.parameter(0)), wasm.constant(index))
      f.when(wasm.operation('i32.eqz', isFirst), () => f.emit(wasm.call(meet)))
    }
    const kernel = kernels[thread]
    if (kernel !== undefined) f.emit(wasm.call(kernel))
  })
}

function mainFunction(control: Control, operators: number, meet: number): wasm.ModuleFunction {
  const f = wasm.functionBuilder(2)
  const [from, to] = [wasm.get(f.parameter(0)), wasm.get(f.parameter(1))]
  f.emit(wasm.atomicStore(control.from, from))
  f.emit(wasm.atomicStore(control.to, to))
  f.emit(wasm.call(meet))
  f.emit(wasm.call(operators, from, to))
  f.emit(wasm.call(meet))
  return { parameters: 2, code: f.finish(), exportName: 'run' }
}

function workFunction(
  control: Control,
  operators: number,
  meet: number,
  exportName: string,
): wasm.ModuleFunction {
  const f = wasm.functionBuilder()
  const from = f.local('i32')
  f.repeatWhile(
    () => wasm.operation('i32.ge_s', wasm.get(from), wasm.constant(0)),
    () => {
      f.emit(wasm.call(meet))
      f.set(from, wasm.atomicLoad(control.from))
      f.emit(wasm.call(operators, wasm.get(from), wasm.atomicLoad(control.to)))
      f.emit(wasm.call(meet))
    },
  )
  return { parameters: 0, code: f.finish(), exportName }
}
