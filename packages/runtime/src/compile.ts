import { ModelFormatError, ShapeError, UnsupportedError } from '@quantrx/core'
import type { Tensor } from '@quantrx/core'
import type { Arithmetic } from '@quantrx/kernels'
import { operatorCode, operatorKind, optionsOf } from '@quantrx/tflite'
import type { BuiltinOperator, Model, Operator, SubGraph } from '@quantrx/tflite'
import { bindInput } from './bind-input.ts'
import { chooseInnerLoop } from './inner-loop.ts'
import type { InnerLoopChoice } from './inner-loop.ts'
import { link } from './link.ts'
import type { LinkedGraph } from './link.ts'
import { describeTensor } from './memory.ts'
import type {
  BoundKernel,
  InnerLoopName,
  OperatorContext,
  OperatorImplementation,
  RuntimeTensor,
} from './operator.ts'
import type { Program, TensorVisitor } from './program.ts'
import { implementationOf, supportedOperators } from './registry.ts'

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

/** An operator of the graph, with its kernel where there is one. */
export interface GraphOperator {
  readonly index: number
  readonly kind: string
  readonly implementation: OperatorImplementation
  readonly context: OperatorContext
  readonly kernel: BoundKernel | undefined
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
  const { arithmetic = 'tflite', subgraph: subgraphIndex = 0 } = options
  const subgraph = model.subgraphs?.[subgraphIndex]
  if (subgraph === undefined)
    throw missing(`subgraphs[${subgraphIndex}]`, 'no such subgraph', 'a graph to run')
  const innerLoop = chooseInnerLoop(options.innerLoop ?? 'auto')
  const tensors = tensorTable(model, subgraphIndex, subgraph)
  const inputs = (subgraph.inputs ?? []).map((index, at) => tensors(index, `inputs[${at}]`))
  const ready = new Set(inputs)
  const operators = (subgraph.operators ?? []).map((operator, index) => {
    const checked = checkOperator(model, operator, index, arithmetic, tensors, ready)
    for (const output of checked.context.outputs) ready.add(output)
    return { ...checked, kernel: generate(checked, innerLoop) }
  })
  const outputs = (subgraph.outputs ?? []).map((index, at) => tensors(index, `outputs[${at}]`))
  const linked = await link({ inputs, outputs, operators })
  return {
    ...{ arithmetic, innerLoop, subgraph: subgraphIndex, inputs, outputs },
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

function generate(
  { implementation, context }: Pick<GraphOperator, 'implementation' | 'context'>,
  innerLoop: InnerLoopName | 'reference',
): BoundKernel | undefined {
  return innerLoop === 'reference'
    ? undefined
    : implementation.generate?.(context, { innerLoop, floatProducts: 'exact' })
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

type TensorTable = (index: number, path: string) => RuntimeTensor

/** A tensor exists from when something first refers to it, so unused tensors cost nothing. */
function tensorTable(model: Model, subgraphIndex: number, subgraph: SubGraph): TensorTable {
  const made = new Map<number, RuntimeTensor>()
  return (index, path) => {
    const known = made.get(index)
    if (known !== undefined) return known
    const tensor = subgraph.tensors?.[index]
    if (tensor === undefined) {
      const count = subgraph.tensors?.length ?? 0
      throw missing(`subgraphs[${subgraphIndex}].${path}`, `tensor ${index}`, `an index below ${count}`)
    }
    const described = describeTensor(model, subgraphIndex, index, tensor)
    made.set(index, described)
    return described
  }
}

function checkOperator(
  model: Model,
  operator: Operator,
  index: number,
  arithmetic: Arithmetic,
  tensors: TensorTable,
  ready: ReadonlySet<RuntimeTensor>,
): Omit<GraphOperator, 'kernel'> {
  const kind = operatorKind(model, operator)
  const implementation = implementationOf(kind)
  if (implementation === undefined) throw unsupported(model, operator, index, kind)
  const inputs = (operator.inputs ?? []).map((tensor, at) => {
    if (tensor === -1) return undefined
    const path = `operators[${index}].inputs[${at}]`
    const input = tensors(tensor, path)
    if (input.constant || ready.has(input)) return input
    throw missing(
      path,
      `tensor ${tensor} ("${input.name}"), which nothing has computed yet`,
      'operators in execution order',
    )
  })
  const outputs = (operator.outputs ?? []).map((tensor, at) => {
    const output = tensors(tensor, `operators[${index}].outputs[${at}]`)
    if (!output.constant && !inputs.includes(output)) return output
    throw missing(
      `operators[${index}].outputs[${at}]`,
      `the constant or input "${output.name}"`,
      'a tensor to write',
    )
  })
  const options = optionsOf(operator, kind as BuiltinOperator)
  const context = { kind: kind as BuiltinOperator, options, inputs, outputs, arithmetic }
  return { index, kind, implementation, context }
}

function missing(subject: string, found: string, expected: string): ModelFormatError {
  return new ModelFormatError({ stage: 'runtime', subject, found, expected })
}

function unsupported(model: Model, operator: Operator, index: number, kind: string): UnsupportedError {
  const custom = operatorCode(model, operator)?.customCode
  return new UnsupportedError({
    stage: 'runtime',
    subject: `operators[${index}]`,
    found: custom === undefined ? `operator ${kind}` : `custom operator ${custom}`,
    expected: `one of ${supportedOperators()
      .map((supported) => supported.kind)
      .join(', ')}`,
    nextStep: 'Remove the operator from the model or split the model before it',
  })
}
