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
function referenceCode({ layout }: PlannedGraph): ProgramCode {
  const buffer = new ArrayBuffer(layoutPages(layout) * 65536)
  return { buffer, run: () => undefined, close: () => undefined }
}

/** The code of a program that runs in the thread that calls it. */
export async function singleCode(planned: PlannedGraph, turbo: boolean): Promise<ProgramCode> {
  if (planned.kernels.length === 0) return referenceCode(planned)
  const module = await compileModule(programModule(planned, planned.layout), turbo)
  return codeOf(await WebAssembly.instantiate(module))
}

/**
 * {@link singleCode} without waiting.
 *
 * @throws RangeError for modules that are too large for that in a page: some engines refuse more than a few megabytes.
 */
export function codeAtOnce(planned: PlannedGraph): ProgramCode {
  if (planned.kernels.length === 0) return referenceCode(planned)
  return codeOf(new WebAssembly.Instance(new WebAssembly.Module(programModule(planned, planned.layout))))
}

function codeOf({ exports }: WebAssembly.Instance): ProgramCode {
  const { memory, run } = exports as unknown as Pick<ProgramCode, 'run'> & {
    readonly memory: WebAssembly.Memory
  }
  return { buffer: memory.buffer, memory, run, close: () => undefined }
}
