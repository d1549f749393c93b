import { ModelFormatError, ShapeError, UnsupportedError, formatShape, sameShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import type { Arithmetic } from '@quantrx/kernels'
import { dataTypeOf, internalTensorIndex, operatorKind, optionsOf } from '@quantrx/tflite'
import type { BuiltinOperator, Model, Operator, SubGraph } from '@quantrx/tflite'
import { isFoldable, fold } from './dynamic/fold.ts'
import { implementationFor } from './custom/implementation-for.ts'
import type { CustomOperators } from './custom/custom-operator.ts'
import type { OperatorContext, OperatorImplementation, ProgramServices, RuntimeTensor } from './operator.ts'
import { namingOperator } from './naming-operator.ts'
import type { NamedOperator } from './naming-operator.ts'
import { promisedShapes } from './shapes/promised-shapes.ts'
import { settleShapes } from './shapes/settle-shapes.ts'
import { isOpen, tensorTable } from './tensor-table.ts'
import type { TensorTable } from './tensor-table.ts'
import { checkedQuantization } from './tensor-quantization.ts'

/** An operator that can run. */
export interface CheckedOperator extends NamedOperator {
  /** Position in the subgraph. */
  readonly index: number
  readonly implementation: OperatorImplementation
  readonly context: OperatorContext
  /**
   * When it runs: in every run; never, for its outputs are constants by now; or in every run with shapes that are known only
   * then.
   */
  readonly runs: 'always' | 'never' | 'dynamically'
}

/** A subgraph that can run: its operators in execution order, none of which refers to what is not there. */
export interface CheckedSubgraph {
  readonly inputs: readonly RuntimeTensor[]
  readonly outputs: readonly RuntimeTensor[]
  readonly operators: readonly CheckedOperator[]
}

/** What decides how a subgraph is checked. */
export interface CheckOptions {
  readonly subgraph: number
  readonly arithmetic: Arithmetic
  /** Shapes of the inputs; those of the file by default. */
  readonly inputShapes?: readonly Shape[]
  readonly customOperators?: CustomOperators
  readonly services?: ProgramServices
  /** Positions of operators that do not run; outputs of the subgraph that they compute are not there. */
  readonly leftOut?: ReadonlySet<number>
}

/** A subgraph in the middle of being checked. */
interface Checking extends CheckOptions {
  readonly model: Model
  readonly tensors: TensorTable
  /** Inputs of the subgraph, which only its caller writes. */
  readonly given: readonly RuntimeTensor[]
  /** Tensors that have been computed so far. */
  readonly ready: Set<RuntimeTensor>
  /** True where inputs are given other shapes than the file has, or the file leaves some open. */
  readonly resized: boolean
  /** Whether the file vouches for the shape of a tensor. */
  readonly promised: (tensor: RuntimeTensor) => boolean
}

/**
 * Looks up every operator and tensor of a subgraph, settles their shapes, and computes what depends on constants alone.
 *
 * @throws UnsupportedError naming the operator, and what is supported, when one cannot run.
 * @throws ModelFormatError when the graph refers to what is not there.
 * @throws ShapeError for input shapes that the model cannot have.
 */
export function checkSubgraph(model: Model, options: CheckOptions): CheckedSubgraph {
  const { subgraph: subgraphIndex, inputShapes, leftOut } = options
  const subgraph = model.subgraphs?.[subgraphIndex]
  if (subgraph === undefined)
    throw missing(`subgraphs[${subgraphIndex}]`, 'no such subgraph', 'a graph to run')
  if (inputShapes !== undefined) checkInputShapes(subgraph, inputShapes)
  const tensors = tensorTable(model, subgraphIndex)
  const inputs = (subgraph.inputs ?? []).map((index, at) =>
    tensors.input(index, `inputs[${at}]`, inputShapes?.[at]),
  )
  const resized =
    subgraph.tensors?.some(isOpen) === true ||
    inputs.some(({ index, shape }) => !sameShape(shape, subgraph.tensors?.[index]?.shape ?? []))
  const promised = promisedShapes(subgraph, inputs)
  const checking = { ...options, model, tensors, given: inputs, ready: new Set(inputs), resized, promised }
  const lost = new Set<number>()
  const operators = (subgraph.operators ?? []).flatMap((operator, index) => {
    if (leftOut?.has(index) === true) {
      for (const output of operator.outputs ?? []) lost.add(output)
      return []
    }
    const checked = checkOperator(checking, operator, index)
    for (const output of checked.context.outputs) checking.ready.add(output)
    return [checked]
  })
  const outputs = (subgraph.outputs ?? []).flatMap((index, at) =>
    lost.has(index) ? [] : [readyTensor(checking, index, `outputs[${at}]`)],
  )
  return { inputs, outputs, operators }
}

function checkInputShapes({ inputs = [] }: SubGraph, shapes: readonly Shape[]): void {
  if (shapes.length === inputs.length && shapes.flat().every((size) => Number.isInteger(size) && size >= 0))
    return
  throw new ShapeError({
    stage: 'runtime',
    subject: 'inputShapes',
    found: shapes.map(formatShape).join(', '),
    expected: `${inputs.length} shapes, one for each input, of sizes of 0 or more`,
  })
}

function checkOperator(checking: Checking, operator: Operator, index: number): CheckedOperator {
  const { model, tensors, given, arithmetic, customOperators = {}, services, resized, promised } = checking
  const kind = operatorKind(model, operator)
  const implementation = implementationFor(model, operator, index, customOperators)
  const inputs = (operator.inputs ?? []).map((tensor, at) =>
    tensor === -1 ? undefined : readyTensor(checking, tensor, `operators[${index}].inputs[${at}]`),
  )
  const outputs = (operator.outputs ?? []).map((tensor, at) => {
    const output = tensors.at(tensor, `operators[${index}].outputs[${at}]`)
    if (!output.constant && !inputs.includes(output) && !given.includes(output)) return output
    throw missing(
      `operators[${index}].outputs[${at}]`,
      `the constant or input "${output.name}"`,
      'a tensor to write',
    )
  })
  const context: OperatorContext = {
    ...{ kind: kind as BuiltinOperator, options: optionsOf(operator, kind as BuiltinOperator) },
    ...{ inputs, outputs, arithmetic },
    ...(operator.intermediates === undefined ? {} : { intermediates: insideOf(checking, operator) }),
    ...(services === undefined ? {} : { services }),
    ...(implementation.observe === undefined ? {} : { internals: internalsOf(checking, index, outputs[0]) }),
  }
  const path = `${checking.subgraph === 0 ? '' : `subgraphs[${checking.subgraph}].`}operators[${index}]`
  const checked = { index, path, kind, implementation, context } as const
  return namingOperator(checked, () => {
    if (!settleShapes(implementation, context, resized, promised)) {
      const state = outputs.find(({ variable, dynamic }) => variable === true && dynamic === true)
      if (state !== undefined) throw dynamicVariable(`operators[${index}]`, state.name)
      return { ...checked, runs: 'dynamically' }
    }
    if (!isFoldable(implementation, context)) return { ...checked, runs: 'always' }
    fold(implementation, context)
    return { ...checked, runs: 'never' }
  })
}

/** How the values inside an operator are quantized. */
function insideOf({ model, subgraph }: Checking, { intermediates = [] }: Operator) {
  const tensors = model.subgraphs?.[subgraph]?.tensors ?? []
  return intermediates.map((index) => {
    const tensor = tensors[index]
    const type = tensor && dataTypeOf(tensor)
    return type && checkedQuantization(tensor, type, `subgraphs[${subgraph}].tensors[${index}]`)
  })
}

const internalNames = ['input gate', 'forget gate', 'cell gate', 'output gate', 'hidden']

/** What values inside an operator go by in a calibration. */
function internalsOf({ model, subgraph }: Checking, operator: number, output: RuntimeTensor | undefined) {
  const graph = model.subgraphs?.[subgraph]
  return internalNames.map((inside, position) => {
    const index = graph === undefined ? -1 : internalTensorIndex(graph, operator, position)
    return { index, name: graph?.tensors?.[index]?.name ?? `${output?.name ?? ''}/${inside}` }
  })
}

/** A tensor that is to be read, which must have been computed before. */
function readyTensor({ tensors, ready }: Checking, index: number, path: string): RuntimeTensor {
  const tensor = tensors.at(index, path)
  if (tensor.constant || tensor.variable === true || ready.has(tensor)) return tensor
  throw missing(
    path,
    `tensor ${index} ("${tensor.name}"), which nothing has computed yet`,
    'operators in execution order',
  )
}

function dynamicVariable(subject: string, name: string): UnsupportedError {
  return new UnsupportedError({
    stage: 'runtime',
    subject,
    found: `the variable "${name}" as an output whose shape is known only when the model runs`,
    expected: 'variables of fixed shapes',
    nextStep: 'Fix the dimensions of the model when it is exported',
  })
}

function missing(subject: string, found: string, expected: string): ModelFormatError {
  return new ModelFormatError({ stage: 'runtime', subject, found, expected })
}
