import { ModelFormatError, UnsupportedError } from '@quantrx/core'
import type { Arithmetic } from '@quantrx/kernels'
import { operatorCode, operatorKind, optionsOf } from '@quantrx/tflite'
import type { BuiltinOperator, Model, Operator, SubGraph } from '@quantrx/tflite'
import { describeTensor } from './memory.ts'
import type { OperatorContext, OperatorImplementation, RuntimeTensor } from './operator.ts'
import { implementationOf, supportedOperators } from './registry.ts'

/** An operator that can run. */
export interface CheckedOperator {
  /** Position in the subgraph. */
  readonly index: number
  readonly kind: string
  readonly implementation: OperatorImplementation
  readonly context: OperatorContext
}

/** A subgraph that can run: its operators in execution order, none of which refers to what is not there. */
export interface CheckedSubgraph {
  readonly inputs: readonly RuntimeTensor[]
  readonly outputs: readonly RuntimeTensor[]
  readonly operators: readonly CheckedOperator[]
}

/**
 * Looks up every operator and tensor of a subgraph.
 *
 * @throws UnsupportedError naming the operator, and what is supported, when one cannot run.
 * @throws ModelFormatError when the graph refers to what is not there.
 */
export function checkSubgraph(model: Model, subgraphIndex: number, arithmetic: Arithmetic): CheckedSubgraph {
  const subgraph = model.subgraphs?.[subgraphIndex]
  if (subgraph === undefined)
    throw missing(`subgraphs[${subgraphIndex}]`, 'no such subgraph', 'a graph to run')
  const tensors = tensorTable(model, subgraphIndex, subgraph)
  const inputs = (subgraph.inputs ?? []).map((index, at) => tensors(index, `inputs[${at}]`))
  const ready = new Set(inputs)
  const operators = (subgraph.operators ?? []).map((operator, index) => {
    const checked = checkOperator(model, operator, index, arithmetic, tensors, ready)
    for (const output of checked.context.outputs) ready.add(output)
    return checked
  })
  const outputs = (subgraph.outputs ?? []).map((index, at) => tensors(index, `outputs[${at}]`))
  return { inputs, outputs, operators }
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
): CheckedOperator {
  const kind = operatorKind(model, operator)
  const implementation = implementationOf(kind)
  if (implementation === undefined) throw unsupported(model, operator, index, kind)
  const inputs = (operator.inputs ?? []).map((tensor, at) => {
    if (tensor === -1) return undefined
    const path = `operators[${index}].inputs[${at}]`
    const input = tensors(tensor, path)
    if (input.constant || input.variable === true || ready.has(input)) return input
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
