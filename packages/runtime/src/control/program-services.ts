import { ModelFormatError, sameShape } from '@quantrx/core'
import type { Shape, Tensor } from '@quantrx/core'
import { checkSubgraph } from '../check-subgraph.ts'
import type { GraphOptions } from '../graph.ts'
import type { ProgramServices, RuntimeTensor, SubgraphCall } from '../operator.ts'
import type { Program, TensorVisitor } from '../program.ts'
import { RunTimeValueError } from '../shared/operands.ts'
import type { Model } from '@quantrx/tflite'
import { createResources } from './resources.ts'

/** What the programs of a model and of the subgraphs that it runs share. */
export interface SharedServices extends ProgramServices {
  /** Compiles what an operator is going to run. */
  load(call: SubgraphCall): Promise<void>
  /** Programs of all subgraphs that have been run or loaded. */
  programs(): readonly Program[]
  /** Shows the tensors of subgraphs that run meanwhile to a visitor. */
  visiting(visit: TensorVisitor | undefined, work: () => void): void
}

/** How programs of subgraphs are made. */
export interface SubgraphBuilders {
  compile(model: Model, options: GraphOptions): Promise<Program>
  /** Without generated code, so at once. */
  interpret(model: Model, options: GraphOptions): Program
}

/** The services of a new program. */
export function programServices(
  model: Model,
  options: GraphOptions,
  { compile, interpret }: SubgraphBuilders,
): SharedServices {
  const loaded: Program[] = []
  /** Found out once: subgraphs that run others would be looked through again and again. */
  const settled = new Map<string, readonly Shape[] | 'dynamic'>()
  let visitor: TensorVisitor | undefined
  const optionsFor = ({ subgraph, inputs: inputShapes }: SubgraphCall): GraphOptions => {
    return { ...options, subgraph, inputShapes, threads: 1, services }
  }
  const find = ({ subgraph, inputs }: SubgraphCall): Program | undefined =>
    loaded.find((program) => program.subgraph === subgraph && haveShapes(program.inputs, inputs))
  const within = refusingCycles(options.subgraph)
  const outputShapes = (call: SubgraphCall): readonly Shape[] | 'dynamic' => {
    const { outputs } = checkSubgraph(model, optionsFor(call))
    return outputs.some(({ dynamic }) => dynamic === true) ? 'dynamic' : outputs.map(({ shape }) => shape)
  }
  const services: SharedServices = {
    resources: createResources(),
    outputShapes(call) {
      const key = JSON.stringify(call)
      const shapes = settled.get(key) ?? within(call.subgraph, () => outputShapes(call))
      settled.set(key, shapes)
      if (shapes === 'dynamic') throw dynamicOutputs(call.subgraph)
      return shapes
    },
    async load(call) {
      if (find(call) !== undefined) return
      // Subgraphs that run themselves have been refused when their shapes were settled.
      loaded.push(await compile(model, optionsFor(call)))
    },
    run(subgraph, inputs) {
      const call = { subgraph, inputs: inputs.map(({ shape }) => shape) }
      let program = find(call)
      if (program === undefined) {
        program = interpret(model, optionsFor(call))
        loaded.push(program)
      }
      return program.run(inputs as readonly Tensor[], visitor)
    },
    programs: () => loaded,
    visiting(visit, work) {
      const before = visitor
      visitor = visit
      try {
        work()
      } finally {
        visitor = before
      }
    },
  }
  return services
}

/** Keeps subgraphs from running themselves, which would never end. */
function refusingCycles(main: number) {
  const open = new Set([main])
  return <Result>(subgraph: number, work: () => Result): Result => {
    if (open.has(subgraph)) throw recursive(subgraph)
    open.add(subgraph)
    try {
      return work()
    } finally {
      open.delete(subgraph)
    }
  }
}

const haveShapes = (tensors: readonly RuntimeTensor[], shapes: readonly Shape[]): boolean =>
  tensors.length === shapes.length && tensors.every(({ shape }, at) => sameShape(shape, shapes[at]!))

function recursive(subgraph: number): ModelFormatError {
  return new ModelFormatError({
    stage: 'runtime',
    subject: `subgraphs[${subgraph}]`,
    found: 'a subgraph that runs itself',
    expected: 'subgraphs that run others',
  })
}

function dynamicOutputs(subgraph: number): RunTimeValueError {
  return new RunTimeValueError({
    stage: 'runtime',
    subject: `subgraphs[${subgraph}]`,
    found: 'outputs whose shapes depend on values',
    expected: 'outputs whose shapes are known',
  })
}
