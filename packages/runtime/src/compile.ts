import { ShapeError } from '@quantrx/core'
import type { Tensor } from '@quantrx/core'
import type { Arithmetic } from '@quantrx/kernels'
import type { Model } from '@quantrx/tflite'
import { bindInput } from './bind-input.ts'
import { checkGraph } from './graph.ts'
import type { GraphOperator } from './graph.ts'
import { chooseInnerLoop } from './inner-loop.ts'
import type { InnerLoopChoice } from './inner-loop.ts'
import { link } from './link.ts'
import type { LinkedGraph } from './link.ts'
import type { RuntimeTensor } from './operator.ts'
import type { Program, TensorVisitor } from './program.ts'

/** Choices that change what a program computes, or with what. */
export interface CompileOptions {
  /**
   * What decides the bits: `tflite` (default; TensorFlow Lite's reference kernels, integers computed with integers only) or
   * `xnnpack` (what LiteRT runs). Float results differ in the order of sums only.
   */
  readonly arithmetic?: Arithmetic
  /** Which subgraph to run; 0, the main one, by default. */
  readonly subgraph?: number
  /**
   * How products of integers are summed; results do not depend on it. `auto` (default) takes the fastest that is exact
   * here; `reference` does without WebAssembly.
   */
  readonly innerLoop?: InnerLoopChoice
}

/**
 * Compiles a model to a {@link Program}: checks the graph, plans its memory, writes one WebAssembly module for all operators
 * that have a generator and prepares the reference for the others.
 *
 * @throws UnsupportedError naming the operator, and what is supported, when one cannot run.
 * @throws ModelFormatError when the graph refers to what is not there.
 *
 * @example
 * const program = await compile(readModel(bytes))
 * const [output] = program.run([{ type: 'float32', shape: [1, 4], data: new Float32Array(4) }])
 */
export async function compile(model: Model, options: CompileOptions = {}): Promise<Program> {
  const { arithmetic = 'tflite', subgraph = 0 } = options
  const innerLoop = chooseInnerLoop(options.innerLoop ?? 'auto')
  const graph = checkGraph(model, { arithmetic, subgraph, innerLoop })
  const { inputs, outputs, operators } = graph
  const linked = await link(graph)
  return {
    ...{ arithmetic, innerLoop, subgraph, inputs, outputs },
    arenaBytes: linked.arenaBytes,
    liveBytes: linked.liveBytes,
    operators: operators.map(({ index, kind, context, kernel }) => ({
      ...{ index, kind, outputs: context.outputs },
      kernel: kernel?.kernel.name ?? 'reference',
    })),
    run: (samples, visit) => {
      runOnce(inputs, operators, linked, samples, visit)
      return outputs
    },
  }
}

function runOnce(
  inputs: readonly RuntimeTensor[],
  operators: readonly GraphOperator[],
  { run }: LinkedGraph,
  samples: readonly Tensor[],
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
  inputs.forEach(visit)
  operators.forEach(({ context }, at) => {
    run(at, at + 1)
    context.outputs.forEach(visit)
  })
}
