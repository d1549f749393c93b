import { layOut } from './emit-program.ts'
import type { ProgramKernels, ProgramLayout } from './emit-program.ts'
import type { Graph } from './graph.ts'
import { tensorBytes } from './memory.ts'
import type { RuntimeTensor } from './operator.ts'
import { planMemory } from './plan-memory.ts'
import type { MemoryPlan, MemoryRequest } from './plan-memory.ts'
import { planOwnedMemory } from './threads/plan-owned-memory.ts'

/** Where everything of a graph stands in memory. */
export interface PlannedGraph extends ProgramKernels {
  readonly plan: MemoryPlan
  /** Address of each activation. */
  readonly activations: ReadonlyMap<RuntimeTensor, number>
  readonly layout: ProgramLayout
}

/** Gives everything of a graph an address. */
export function planGraph(graph: Graph): PlannedGraph {
  const requests = [...lifetimes(graph)]
  const kernels = graph.operators.flatMap((operator) => operator.kernels)
  const scratchRequests = graph.operators.flatMap((operator, at) =>
    operator.kernels.map(({ kernel }, share) => ({ bytes: kernel.scratchBytes, from: at, to: at, share })),
  )
  const activationRequests = requests.map(([, request]) => request)
  const plan = graph.operators.some((operator) => operator.kernels.length > 1)
    ? planOwnedMemory(activationRequests, scratchRequests, planMemory)
    : planMemory([...activationRequests, ...scratchRequests])
  const activations = new Map(requests.map(([tensor], at) => [tensor, plan.addresses[at]!]))
  const scratch = plan.addresses.slice(requests.length)
  const layout = layOut(kernels, activations, scratch, plan.arenaBytes)
  return { plan, kernels, calls: kernelNumbers(graph), activations, layout }
}

function kernelNumbers({ operators }: Graph): readonly (readonly number[])[] {
  let next = 0
  return operators.map(({ kernels }) => kernels.map(() => next++))
}

/**
 * From when to when each activation is needed: inputs from before the first operator, outputs to after the last, variables
 * all the time, since the next run needs what this one leaves.
 */
function lifetimes({ inputs, outputs, operators }: Graph): ReadonlyMap<RuntimeTensor, MemoryRequest> {
  const found = new Map<RuntimeTensor, { bytes: number; from: number; to: number }>()
  const use = (tensor: RuntimeTensor | undefined, at: number): void => {
    if (tensor === undefined || tensor.constant || tensor.dynamic === true) return
    const known = found.get(tensor)
    const end = tensor.variable === true ? operators.length : at
    if (known !== undefined) known.to = Math.max(known.to, end)
    else found.set(tensor, { bytes: tensorBytes(tensor), from: end === at ? at : -1, to: end })
  }
  inputs.forEach((tensor) => use(tensor, -1))
  operators.forEach(({ context, runs }, at) => {
    if (runs !== 'never') [...context.inputs, ...context.outputs].forEach((tensor) => use(tensor, at))
  })
  outputs.forEach((tensor) => use(tensor, operators.length))
  return found
}
