import { wasm } from '@quantrx/kernels'
import type { Arithmetic } from '@quantrx/kernels'
import type { Model } from '@quantrx/tflite'
import { addCustomOperators } from '../custom/known-custom-operators.ts'
import * as customOperators from '../custom/operators/index.ts'
import { layoutPages, pageBytes } from '../emit-program.ts'
import { checkGraph } from '../graph.ts'
import { addOperators } from '../known-operators.ts'
import * as implementations from '../ops/index.ts'
import type { InnerLoopName, RuntimeTensor } from '../operator.ts'
import { planGraph } from '../plan-graph.ts'
import type { PlannedGraph } from '../plan-graph.ts'
import { subgraphOf } from '../signature.ts'
import { checkGenerated } from './check-generated.ts'
import { checkWithoutState } from './check-without-state.ts'
import { exportedNumbers, standaloneTensor } from './describe-tensor.ts'
import type { StandaloneTensor } from './describe-tensor.ts'
import { widenFunction } from './narrow-weights.ts'
import { unpackFunction } from './packed-parameters.ts'
import { shareFunctions } from './share-functions.ts'
import { startFunction } from './start-function.ts'
import { dataSegments, storeConstants } from './store-constants.ts'

/** Choices that change what a standalone module computes, or with what. */
export interface StandaloneOptions {
  /** What decides the bits, as for `compile`. */
  readonly arithmetic?: Arithmetic
  /** Which subgraph to compile; 0, the main one, by default. */
  readonly subgraph?: number
  /** Name of the signature to compile, in place of `subgraph`. */
  readonly signature?: string
  /**
   * How products of integers are summed: `i16` (default) on every engine with 128-bit vectors; `usdot` is faster, but its
   * instruction must be exact where the module runs, and the module refuses to start where it is not.
   */
  readonly innerLoop?: InnerLoopName
}

/** What a standalone module says of itself: JSON in its custom section `quantrx`. */
export interface StandaloneDescription {
  readonly arithmetic: Arithmetic
  readonly innerLoop: InnerLoopName
  readonly inputs: readonly StandaloneTensor[]
  readonly outputs: readonly StandaloneTensor[]
}

/** A model as one WebAssembly module that needs nothing else. */
export interface StandaloneModule extends StandaloneDescription {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Bytes of memory that an instance has. */
  readonly memoryBytes: number
}

const descriptionSection = 'quantrx'

/**
 * Compiles a model to a module that imports nothing and holds its weights. It exports `memory`; `run`, one inference from the
 * inputs in memory to the outputs in memory; and constant globals `input0Address`, `input0Bytes`, `output0Address`,
 * `output0Bytes` and so on, for engines that do not show custom sections. A run may overwrite its inputs.
 *
 * @throws as `compile` does, and UnsupportedError naming the operators that have no generated code, or the variables of the model.
 *
 * @example
 * await writeFile('model.wasm', compileStandalone(readModel(bytes)).bytes)
 */
export function compileStandalone(model: Model, options: StandaloneOptions = {}): StandaloneModule {
  const { arithmetic = 'tflite', innerLoop = 'i16' } = options
  addOperators(implementations)
  addCustomOperators(customOperators)
  const subgraph = subgraphOf(model, options)
  const graph = checkGraph(model, { arithmetic, subgraph, innerLoop, compactWeights: true })
  checkWithoutState(graph)
  checkGenerated(graph)
  const planned = planGraph(graph)
  const describe = (tensor: RuntimeTensor): StandaloneTensor =>
    standaloneTensor(tensor, planned.activations.get(tensor))
  const [inputs, outputs] = [graph.inputs.map(describe), graph.outputs.map(describe)]
  const description: StandaloneDescription = { arithmetic, innerLoop, inputs, outputs }
  return { ...description, ...standaloneBytes(planned, description) }
}

function standaloneBytes(
  planned: PlannedGraph,
  description: StandaloneDescription,
): Pick<StandaloneModule, 'bytes' | 'memoryBytes'> {
  const { kernels, layout } = planned
  const { functions, calls } = shareFunctions(planned, layout)
  const [widen, unpack, start] = [functions.length, functions.length + 1, functions.length + 3]
  const stored = storeConstants(planned, layout, { widen, unpack })
  const exactDot = kernels.some(({ kernel }) => kernel.name === wasm.usdot.name)
  // The other arithmetic knows no floating point.
  const fusedProducts = exactDot && description.arithmetic === 'xnnpack'
  const pages = layoutPages(stored)
  const bytes = wasm.moduleBytes({
    functions: [
      ...functions,
      widenFunction(),
      unpackFunction(),
      { ...runFunction(calls), exportName: 'run' },
      startFunction({ exactDot, fusedProducts }, stored.constants),
    ],
    pages,
    data: dataSegments(stored),
    numbers: {
      ...exportedNumbers('input', description.inputs),
      ...exportedNumbers('output', description.outputs),
    },
    start,
    custom: { [descriptionSection]: new TextEncoder().encode(JSON.stringify(description)) },
  })
  return { bytes, memoryBytes: pages * pageBytes }
}

function runFunction(calls: readonly wasm.Statement[]): wasm.ModuleFunction {
  const f = wasm.functionBuilder()
  for (const call of calls) f.emit(call)
  return { parameters: 0, code: f.finish() }
}
