import type { GraphOperator } from './compile.ts'
import { layOut, layoutPages, programModule } from './emit-program.ts'
import { placeTensor, tensorBytes } from './memory.ts'
import type { RuntimeTensor, Step } from './operator.ts'
import { planMemory } from './plan-memory.ts'
import type { MemoryRequest } from './plan-memory.ts'

/** A graph whose operators are checked and have their kernels. */
export interface Graph {
  readonly inputs: readonly RuntimeTensor[]
  readonly outputs: readonly RuntimeTensor[]
  readonly operators: readonly GraphOperator[]
}

/** A graph that has its memory. */
export interface LinkedGraph {
  readonly arenaBytes: number
  readonly liveBytes: number
  /** Runs the operators from one to before another. */
  run(from: number, to: number): void
}

/** Gives a graph its memory and its code: plans, emits, instantiates, and prepares what the reference runs. */
export async function link(graph: Graph): Promise<LinkedGraph> {
  const { operators } = graph
  const activations = [...lifetimes(graph)]
  const scratchRequests = operators.map(({ kernel }, at) => ({
    bytes: kernel?.kernel.scratchBytes ?? 0,
    from: at,
    to: at,
  }))
  const plan = planMemory([...activations.map(([, request]) => request), ...scratchRequests])
  const tensors = new Map(activations.map(([tensor], at) => [tensor, plan.addresses[at]!]))
  const kernels = operators.map(({ kernel }) => kernel)
  const scratch = plan.addresses.slice(activations.length)
  const layout = layOut(kernels, tensors, scratch, plan.arenaBytes)
  const generated = kernels.some((kernel) => kernel !== undefined)
  const code = generated ? await instantiate(programModule(kernels, layout, false)) : undefined
  const buffer = code?.memory.buffer ?? new ArrayBuffer(layoutPages(layout) * 65536)
  for (const { address, bytes } of layout.data) new Uint8Array(buffer, address).set(bytes)
  for (const [tensor, address] of tensors) placeTensor(tensor, buffer, address)
  const steps = operators.map(({ kernel, implementation, context }) =>
    kernel === undefined ? implementation.prepare(context) : undefined,
  )
  const { arenaBytes, liveBytes } = plan
  return { arenaBytes, liveBytes, run: runner(steps, code?.run) }
}

/** From when to when each activation is needed: inputs from before the first operator, outputs to after the last. */
function lifetimes({ inputs, outputs, operators }: Graph): ReadonlyMap<RuntimeTensor, MemoryRequest> {
  const found = new Map<RuntimeTensor, { bytes: number; from: number; to: number }>()
  const use = (tensor: RuntimeTensor | undefined, at: number): void => {
    if (tensor === undefined || tensor.constant) return
    const known = found.get(tensor)
    if (known === undefined) found.set(tensor, { bytes: tensorBytes(tensor), from: at, to: at })
    else known.to = at
  }
  inputs.forEach((tensor) => use(tensor, -1))
  operators.forEach(({ context }, at) =>
    [...context.inputs, ...context.outputs].forEach((tensor) => use(tensor, at)),
  )
  outputs.forEach((tensor) => use(tensor, operators.length))
  return found
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
