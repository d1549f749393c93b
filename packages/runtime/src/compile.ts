import { ModelFormatError, ShapeError, UnsupportedError } from '@quantrx/core'
import type { Tensor } from '@quantrx/core'
import type { Arithmetic } from '@quantrx/kernels'
import { operatorCode, operatorKind, optionsOf } from '@quantrx/tflite'
import type { BuiltinOperator, Model, Operator, SubGraph } from '@quantrx/tflite'
import { bindInput } from './bind-input.ts'
import { tensorMemory } from './memory.ts'
import type { RuntimeTensor, Step } from './operator.ts'
import type { Program, ProgramOperator, TensorVisitor } from './program.ts'
import { implementationOf, supportedOperators } from './registry.ts'

/** Choices that change what a program computes. */
export interface CompileOptions {
  /**
   * What decides the bits: `tflite` (default; TensorFlow Lite's reference kernels, integers computed with integers only) or
   * `xnnpack` (what LiteRT runs). Float results differ in the order of sums only.
   */
  readonly arithmetic?: Arithmetic
  /** Which subgraph to run; 0, the main one, by default. */
  readonly subgraph?: number
}

interface CompiledOperator extends ProgramOperator {
  readonly step: Step
}

/**
 * Compiles a model to a {@link Program}: checks the graph, gives every tensor its memory and prepares every operator.
 *
 * @throws UnsupportedError naming the operator, and what is supported, when one cannot run.
 * @throws ModelFormatError when the graph refers to what is not there.
 *
 * @example
 * const program = await compile(readModel(bytes))
 * const [output] = program.run([{ type: 'float32', shape: [1, 4], data: new Float32Array(4) }])
 */
// Asynchronous because compiling to WebAssembly is, and callers should not notice which one they get.

export async function compile(model: Model, options: CompileOptions = {}): Promise<Program> {
  const { arithmetic = 'tflite', subgraph: subgraphIndex = 0 } = options
  const subgraph = model.subgraphs?.[subgraphIndex]
  if (subgraph === undefined)
    throw missing(`subgraphs[${subgraphIndex}]`, 'no such subgraph', 'a graph to run')
  const tensors = tensorTable(model, subgraphIndex, subgraph)
  const inputs = (subgraph.inputs ?? []).map((index, at) => tensors(index, `inputs[${at}]`))
  const ready = new Set(inputs)
  const operators = (subgraph.operators ?? []).map((operator, index) => {
    const compiled = compileOperator(model, operator, index, arithmetic, tensors, ready)
    for (const output of compiled.outputs) ready.add(output)
    return compiled
  })
  const outputs = (subgraph.outputs ?? []).map((index, at) => tensors(index, `outputs[${at}]`))
  return {
    arithmetic,
    subgraph: subgraphIndex,
    inputs,
    outputs,
    operators: operators.map(({ index, kind, outputs: produced }) => ({ index, kind, outputs: produced })),
    run: (samples, visit) => {
      runOnce(inputs, operators, samples, visit)
      return outputs
    },
  }
}

function runOnce(
  inputs: readonly RuntimeTensor[],
  operators: readonly CompiledOperator[],
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
  if (visit !== undefined) inputs.forEach(visit)
  for (const { step, outputs } of operators) {
    step()
    if (visit !== undefined) outputs.forEach(visit)
  }
}

type TensorTable = (index: number, path: string) => RuntimeTensor

/** Memory is given to a tensor when something first refers to it, so unused tensors cost nothing. */
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
    const memory = tensorMemory(model, subgraphIndex, index, tensor)
    made.set(index, memory)
    return memory
  }
}

function compileOperator(
  model: Model,
  operator: Operator,
  index: number,
  arithmetic: Arithmetic,
  tensors: TensorTable,
  ready: ReadonlySet<RuntimeTensor>,
): CompiledOperator {
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
  const step = implementation.prepare({ kind: kind as BuiltinOperator, options, inputs, outputs, arithmetic })
  return { index, kind, outputs, step }
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
