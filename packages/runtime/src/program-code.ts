import { layoutPages, programModule } from './emit-program.ts'
import type { PlannedGraph } from './plan-graph.ts'
import { compileModule } from './turbo/compile-module.ts'

/** The generated code of a program, and its memory. */
export interface ProgramCode {
  readonly buffer: ArrayBufferLike
  /** The same memory as code sees it; absent where there is no code. */
  readonly memory?: WebAssembly.Memory
  /** Runs the operators from one to before another, all of which have kernels. */
  run(from: number, to: number): void
  /** Ends the threads that work on it; it cannot run any more then. */
  close(): void
}

/** The memory of a program without code. */
export function referenceCode({ layout }: PlannedGraph): ProgramCode {
  const buffer = new ArrayBuffer(layoutPages(layout) * 65536)
  return { buffer, run: () => undefined, close: () => undefined }
}

/** The code of a program that runs in the thread that calls it. */
export async function singleCode(planned: PlannedGraph, turbo: boolean): Promise<ProgramCode> {
  if (planned.kernels.length === 0) return referenceCode(planned)
  const module = await compileModule(programModule(planned, planned.layout), turbo)
  const { exports } = await WebAssembly.instantiate(module)
  const { memory, run } = exports as unknown as Pick<ProgramCode, 'run'> & {
    readonly memory: WebAssembly.Memory
  }
  return { buffer: memory.buffer, memory, run, close: () => undefined }
}
