import { wasm } from '@quantrx/kernels'
import type { ProgramCode } from '../program-code.ts'
import type { PlannedGraph } from '../plan-graph.ts'
import { compileModule } from '../turbo/compile-module.ts'
import { closed } from './control.ts'
import { maySleep } from './host.ts'
import { stagesOf } from './stages.ts'
import { threadedModule, workExport } from './threaded-module.ts'
import type { ThreadedExports } from './threaded-module.ts'
import { startWorkers } from './workers.ts'

/**
 * The code of a program in shared memory, and workers that compute their shares of it.
 *
 * @param threads two or more, the one that calls included.
 * @throws StageError when a worker cannot be started.
 */
export async function threadedCode(
  planned: PlannedGraph,
  threads: number,
  turbo: boolean,
): Promise<ProgramCode> {
  const mainSleeps = maySleep()
  const { bytes, pages, state } = threadedModule(planned, planned.layout, { threads, mainSleeps })
  const module = await compileModule(bytes, turbo)
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
  new Int32Array(memory.buffer)[state / 4] = closed
  const imports = wasm.memoryImport(memory)
  const { exports } = await WebAssembly.instantiate(module, imports)
  const { run, runAlone, end } = exports as unknown as ThreadedExports
  const workers = Array.from({ length: threads - 1 }, (_, at) => workExport(at + 1))
  await startWorkers(workers.map((entry) => ({ module, imports, entry })))
  const stages = stagesOf(planned.calls)
  const dividedBefore = countDivided(planned.calls)
  return {
    buffer: memory.buffer,
    memory,
    run: (from, to) => {
      // Operators that are not divided are not worth waking anybody.
      if (dividedBefore[to] === dividedBefore[from]) runAlone(from, to)
      else
        run(
          from,
          to,
          stages.findIndex((stage) => from < stage.to),
        )
    },
    close: end,
  }
}

/** How many operators before each position are divided. */
function countDivided(calls: PlannedGraph['calls']): readonly number[] {
  const counts = [0]
  for (const kernels of calls) counts.push(counts.at(-1)! + (kernels.length > 1 ? 1 : 0))
  return counts
}
