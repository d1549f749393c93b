import type { LiveScan } from '@quantrx/core'
import { dynamicStep } from './dynamic/dynamic-step.ts'
import type { Graph, GraphOperator, GraphOptions } from './graph.ts'
import { placeTensor } from './memory.ts'
import { namingOperator } from './naming-operator.ts'
import type { Step } from './operator.ts'
import { planGraph } from './plan-graph.ts'
import { codeAtOnce, singleCode } from './program-code.ts'
import type { ProgramCode } from './program-code.ts'
import { memoryScans, withScanScratch } from './scan-memory.ts'
import type { ScannedGraph } from './scan-memory.ts'

/** A graph that has its memory. */
export interface LinkedGraph {
  readonly arenaBytes: number
  readonly liveBytes: number
  readonly threads: number
  /** Runs the operators from one to before another. */
  run(from: number, to: number): void
  /** Looks over float32 values where they stand. */
  scan(values: Float32Array): LiveScan
  /** Ends all threads but the main one. */
  close(): void
}

/** Gives a graph its memory and its code: plans, emits, instantiates, and prepares what the reference runs. */
export async function link(
  graph: Graph,
  { threads: wanted = 1, turbo = false }: Pick<GraphOptions, 'threads' | 'turbo'>,
): Promise<LinkedGraph> {
  const planned = withScanScratch(planGraph(graph))
  const threads = planned.calls.some((kernels) => kernels.length > 1) ? wanted : 1
  const code = await (threads > 1 ? sharedCode(planned, threads, turbo) : singleCode(planned, turbo))
  return finish(graph, planned, code, threads)
}

/** Code for several threads; what writes it is loaded for those who ask for threads, which few do. */
async function sharedCode(planned: ScannedGraph, threads: number, turbo: boolean): Promise<ProgramCode> {
  const { threadedCode } = await import('./threads/threaded-code.ts')
  return threadedCode(planned, threads, turbo)
}

/** {@link link} without waiting, for graphs that threads do not share. */
export function linkAtOnce(graph: Graph): LinkedGraph {
  const planned = withScanScratch(planGraph(graph))
  return finish(graph, planned, codeAtOnce(planned), 1)
}

function finish(graph: Graph, planned: ScannedGraph, code: ProgramCode, threads: number): LinkedGraph {
  const { buffer, memory, run, close } = code
  for (const { address, bytes } of planned.layout.data) new Uint8Array(buffer, address).set(bytes)
  for (const [tensor, address] of planned.activations) placeTensor(tensor, buffer, address)
  const steps = graph.operators.map((operator) => namingOperator(operator, () => stepOf(operator)))
  const { arenaBytes, liveBytes } = planned.plan
  return {
    arenaBytes,
    liveBytes,
    threads,
    run: runner(steps, run),
    scan: memoryScans(memory, planned),
    close,
  }
}

function stepOf(operator: GraphOperator): Step | undefined {
  const { kernels, implementation, context, runs } = operator
  if (kernels.length > 0 || runs === 'never') return runs === 'never' ? () => undefined : undefined
  return runs === 'dynamically' ? dynamicStep(operator) : implementation.prepare(context)
}

/** Runs stretches of generated code with one call, and the steps of the reference between them. */
function runner(steps: readonly (Step | undefined)[], generated: ProgramCode['run']): LinkedGraph['run'] {
  const referenceSteps = steps.flatMap((step, at) => (step === undefined ? [] : [{ step, at }]))
  return (from, to) => {
    let next = from
    for (const { step, at } of referenceSteps) {
      if (at < from || at >= to) continue
      if (next < at) generated(next, at)
      step()
      next = at + 1
    }
    if (next < to) generated(next, to)
  }
}
