import { constantBytes, operatorKind } from '@quantrx/tflite'
import type { Model, Tensor } from '@quantrx/tflite'
import { isActivation, mainGraph } from '../graph/slice-operators.ts'

/** Where an operator has its input, weights and bias. */
interface OperandPlaces {
  readonly input: number
  readonly weights: number
  readonly bias: number
}

/** Operators that add a constant to each channel of their output, the last dimension. */
const operands: Readonly<Record<string, OperandPlaces>> = {
  CONV_2D: { input: 0, weights: 1, bias: 2 },
  DEPTHWISE_CONV_2D: { input: 0, weights: 1, bias: 2 },
  FULLY_CONNECTED: { input: 0, weights: 1, bias: 2 },
  TRANSPOSE_CONV: { input: 2, weights: 1, bias: 3 },
}

/** An operator of a quantized model whose bias can make good for what quantization did to its output. */
export interface CorrectableLayer {
  readonly operator: number
  readonly input: number
  readonly weights: number
  /** Undefined where it has none yet. */
  readonly bias: number | undefined
  readonly biasOperand: number
  readonly output: number
  readonly channels: number
  /** The output in the float model. */
  readonly floatOutput: number
}

/**
 * The layer at `operator` of the main subgraph, which stands for `original` of the float model; undefined where weights are
 * float as before, or are no constants.
 */
export function correctableLayer(
  source: Model,
  original: number,
  model: Model,
  operator: number,
): CorrectableLayer | undefined {
  const floatOutput = correctableOutput(source, original)
  const { operators = [], tensors = [] } = mainGraph(model)
  const found = operators[operator]
  if (found === undefined || floatOutput === undefined) return undefined
  const places = operands[operatorKind(model, found)]!
  const operand = (at: number): number => found.inputs?.[at] ?? -1
  const [input, weights, bias] = [operand(places.input), operand(places.weights), operand(places.bias)]
  const output = found.outputs?.[0] ?? -1
  const isFloat = tensors[weights]?.type === 'FLOAT32' && !isActivation(model, weights)
  if (isFloat || (bias >= 0 && isActivation(model, bias))) return undefined
  const channels = tensors[output]?.shape?.at(-1) ?? 1
  const known = bias < 0 ? undefined : bias
  return { operator, input, weights, bias: known, biasOperand: places.bias, output, channels, floatOutput }
}

/** Indices of the tensors of a float model whose channel means a correction needs. */
export function correctableOutputs(source: Model): ReadonlySet<number> {
  const operators = mainGraph(source).operators ?? []
  return new Set(operators.flatMap((_, at) => correctableOutput(source, at) ?? []))
}

/** The output of an operator with constant float weights. */
function correctableOutput(source: Model, operator: number): number | undefined {
  const { operators = [], tensors = [] } = mainGraph(source)
  const found = operators[operator]
  const places = found && operands[operatorKind(source, found)]
  if (places === undefined) return undefined
  const { inputs = [], outputs = [] } = found!
  const bias = inputs[places.bias] ?? -1
  const constants = [inputs[places.weights] ?? -1, ...(bias < 0 ? [] : [bias])]
  return constants.every((index) => isFloatConstant(source, tensors[index])) ? outputs[0] : undefined
}

const isFloatConstant = (model: Model, tensor: Tensor | undefined): boolean =>
  tensor?.type === 'FLOAT32' && constantBytes(model, tensor) !== undefined
