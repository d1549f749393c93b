import { layoutPages, programModule } from './emit-program.ts'
import type { Graph } from './graph.ts'
import { placeTensor } from './memory.ts'
import type { Step } from './operator.ts'
import { planGraph } from './plan-graph.ts'

/** A graph that has its memory. */
export interface LinkedGraph {
  readonly arenaBytes: number
  readonly liveBytes: number
  /** Runs the operators from one to before another. */
  run(from: number, to: number): void
}

/** Gives a graph its memory and its code: plans, emits, instantiates, and prepares what the reference runs. */
export async function link(graph: Graph): Promise<LinkedGraph> {
  const { plan, kernels, activations, layout } = planGraph(graph)
  const generated = kernels.some((kernel) => kernel !== undefined)
  const code = generated ? await instantiate(programModule(kernels, layout)) : undefined
  const buffer = code?.memory.buffer ?? new ArrayBuffer(layoutPages(layout) * 65536)
  for (const { address, bytes } of layout.data) new Uint8Array(buffer, address).set(bytes)
  for (const [tensor, address] of activations) placeTensor(tensor, buffer, address)
  const steps = graph.operators.map(({ kernel, implementation, context }) =>
    kernel === undefined ? implementation.prepare(context) : undefined,
  )
  const { arenaBytes, liveBytes } = plan
  return { arenaBytes, liveBytes, run: runner(steps, code?.run) }
}

interface Code {
  readonly memory: WebAssembly.Memory
  run(from: number, to: number): void
}

async function instantiate(bytes: Uint8Array<ArrayBuffer>): Promise<Code> {
  const { instance } = await WebAssembly.instantiate(bytes)
  return instance.exports as unknown as Code
}

/** Runs stretches of generated code with one call, and the steps of the reference between them. */
function runner(
  steps: readonly (Step | undefined)[],
  generated: Code['run'] = () => undefined,
): LinkedGraph['run'] {
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
