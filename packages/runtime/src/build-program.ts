import { ShapeError, UsageError } from '@quantrx/core'
import type { Tensor } from '@quantrx/core'
import type { Model } from '@quantrx/tflite'
import { bindInput } from './bind-input.ts'
import { programServices } from './control/program-services.ts'
import type { SharedServices } from './control/program-services.ts'
import { checkGraph } from './graph.ts'
import type { Graph, GraphOptions } from './graph.ts'
import { link, linkAtOnce } from './link.ts'
import type { LinkedGraph } from './link.ts'
import { loadOperators } from './load-operators.ts'
import type { SubgraphCall } from './operator.ts'
import type { Program, ProgramInputs, TensorVisitor } from './program.ts'
import { namesOf } from './signature.ts'
import { observedSteps } from './observed-steps.ts'
import type { ObservedSteps } from './observed-steps.ts'
import { resetVariable, variablesOf } from './variables.ts'

/** A program of exactly what the options say, whether it is of use here or not. */
export async function buildProgram(model: Model, options: GraphOptions): Promise<Program> {
  await loadOperators(model)
  const { services, own } = servicesFor(model, options)
  const graph = checkGraph(model, { ...options, services })
  for (const call of callsOf(graph)) await services.load(call)
  return assemble(model, options, graph, await link(graph, options), services, own)
}

/**
 * A program that is there at once, of one thread. Operators must have been loaded; subgraphs that operators run are interpreted.
 *
 * @throws RangeError where the engine refuses to compile so much without waiting.
 */
export function buildProgramAtOnce(model: Model, given: GraphOptions): Program {
  const options: GraphOptions = { ...given, threads: 1 }
  const { services, own } = servicesFor(model, options)
  const graph = checkGraph(model, { ...options, services })
  return assemble(model, options, graph, linkAtOnce(graph), services, own)
}

/** A program without generated code. */
const interpretProgram = (model: Model, options: GraphOptions): Program =>
  buildProgramAtOnce(model, { ...options, innerLoop: 'reference' })

/** The services that a program has been given, or ones of its own. */
function servicesFor(model: Model, options: GraphOptions): { services: SharedServices; own: boolean } {
  const given = options.services as SharedServices | undefined
  if (given !== undefined) return { services: given, own: false }
  const builders = { compile: buildProgram, interpret: interpretProgram }
  return { services: programServices(model, options, builders), own: true }
}

/** What operators run, with inputs of the shapes that are known: where others come, they are interpreted. */
function callsOf({ operators }: Graph): readonly SubgraphCall[] {
  return operators.flatMap(({ implementation, context, runs }) => {
    const known = runs !== 'never' && !context.inputs.some((input) => input?.dynamic === true)
    return known ? (implementation.calls?.(context) ?? []) : []
  })
}

function assemble(
  model: Model,
  { arithmetic, innerLoop, subgraph }: GraphOptions,
  graph: Graph,
  linked: LinkedGraph,
  services: SharedServices,
  own: boolean,
): Program {
  const { inputs, outputs, operators } = graph
  const { arenaBytes, liveBytes, threads } = linked
  const variables = variablesOf(operators)
  const called = (): readonly Program[] => (own ? services.programs() : [])
  const reset = (): void => {
    variables.forEach(resetVariable)
    if (!own) return
    services.resources.reset()
    for (const program of called()) program.reset()
  }
  reset()
  const names = namesOf(
    model,
    subgraph,
    outputs.map(({ index }) => index),
  )
  const observed = observedSteps(operators)
  let closed = false
  return {
    ...{ arithmetic, innerLoop, subgraph, threads, arenaBytes, liveBytes, inputs, outputs, variables, reset },
    ...{ ...names, called, turbo: 'off' as const },
    operators: operators.map(({ index, kind, context, kernels, runs }) => ({
      ...{ index, kind, outputs: context.outputs },
      kernel: runs === 'never' ? 'constant' : (kernels[0]?.kernel.name ?? 'reference'),
    })),
    run: (samples, visit) => {
      if (closed) throw closedError()
      const work = (): void =>
        runOnce(graph, linked, observed, inOrder(names.inputNames, samples), subgraph, visit)
      if (own) services.visiting(visit, work)
      else work()
      return outputs
    },
    scan: linked.scan,
    close: () => {
      if (!closed) linked.close()
      closed = true
    },
  }
}

function closedError(): UsageError {
  return new UsageError({
    stage: 'infer',
    subject: 'program',
    found: 'a run after close()',
    expected: 'a program that is open',
    nextStep: 'Compile the model again, or close the program later',
  })
}

function inOrder(names: readonly string[], samples: ProgramInputs): readonly Tensor[] {
  if (Array.isArray(samples)) return samples as readonly Tensor[]
  const named = samples as Readonly<Record<string, Tensor>>
  const given = Object.keys(named)
  if (given.length === names.length && names.every((name) => Object.hasOwn(named, name)))
    return names.map((name) => named[name]!)
  throw new ShapeError({
    stage: 'infer',
    subject: 'inputs',
    found: given.length === 0 ? 'none' : given.join(', '),
    expected: `one tensor for each of ${names.join(', ')}`,
  })
}

function runOnce(
  { inputs, operators }: Graph,
  { run }: LinkedGraph,
  observed: ObservedSteps,
  samples: readonly Tensor[],
  subgraph: number,
  visit?: TensorVisitor,
): void {
  if (samples.length !== inputs.length) {
    throw new ShapeError({
      stage: 'infer',
      subject: 'inputs',
      found: `${samples.length} tensors`,
      expected: `${inputs.length}, one for each of ${inputs.map(({ name }) => name).join(', ')}`,
    })
  }
  inputs.forEach((input, at) => bindInput(input, samples[at]!))
  if (visit === undefined) {
    run(0, operators.length)
    return
  }
  inputs.forEach((input) => visit(input, subgraph))
  operators.forEach(({ context }, at) => {
    const inside = observed(at)
    if (inside === undefined) run(at, at + 1)
    else inside.step()
    const shown = [...context.outputs, ...(inside?.internals ?? [])]
    shown.forEach((tensor) => visit(tensor, subgraph))
  })
}
