import { wasm } from '@quantrx/kernels'
import type { ProgramCode } from '../program-code.ts'
import type { PlannedGraph } from '../plan-graph.ts'
import { maySleep } from './host.ts'
import { threadedModule, workExport } from './threaded-module.ts'
import type { ThreadedExports } from './threaded-module.ts'
import { startWorkers } from './workers.ts'

/**
 * The code of a program in shared memory, and workers that compute their shares of it.
 *
 * @param threads two or more, the one that calls included.
 * @throws StageError when a worker cannot be started.
 */
export async function threadedCode(planned: PlannedGraph, threads: number): Promise<ProgramCode> {
  const mainSleeps = maySleep()
  const { bytes, pages } = threadedModule(planned, planned.layout, { threads, mainSleeps })
  const module = await WebAssembly.compile(bytes)
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
  const imports = wasm.memoryImport(memory)
  const { exports } = await WebAssembly.instantiate(module, imports)
  const { run, runAlone } = exports as unknown as ThreadedExports
  const workers = Array.from({ length: threads - 1 }, (_, at) => workExport(at + 1))
  await startWorkers(workers.map((entry) => ({ module, imports, entry })))
  const divided = dividedBefore(planned.calls)
  return {
    buffer: memory.buffer,
    memory,
    // Waking the others takes longer than a few small operators.
    run: (from, to) => (divided[to]! > divided[from]! ? run : runAlone)(from, to),
    close: () => run(-1, -1),
  }
}

/** How many operators before each position are divided. */
function dividedBefore(calls: PlannedGraph['calls']): readonly number[] {
  const counts = [0]
  for (const kernels of calls) counts.push(counts.at(-1)! + (kernels.length > 1 ? 1 : 0))
  return counts
}
