import { operatorKind } from '@quantrx/tflite'
import type { Model, Operator } from '@quantrx/tflite'
import { channelsFirstShape } from './channels-first.ts'
import { modelProto } from './model-proto.ts'
import type { OnnxConstant, OnnxNode } from './model-proto.ts'
import { tensorName, translations } from './operators.ts'
import type { Context } from './operators.ts'

/** Name of the one input of the files that {@link floatToOnnx} writes. */
export const onnxInput = (model: Model): string => tensorName(model.subgraphs?.[0]?.inputs?.[0])

/**
 * A float model as an ONNX file, with channels before height and width as ONNX wants them, those of the input included: what
 * someone would have who trained the same model for it.
 *
 * @throws Error for an operator that the measured models do not have.
 */
export function floatToOnnx(model: Model): Uint8Array {
  const [{ tensors = [], operators = [], outputs = [] } = {}] = model.subgraphs ?? []
  const constants: OnnxConstant[] = []
  const context: Context = {
    model,
    constant(data, shape) {
      const name = `constant ${constants.length}`
      constants.push({ name, shape, data })
      return name
    },
  }
  const value = (name: string) => {
    const tensor = tensors.find((_, index) => tensorName(index) === name)
    return { name, shape: channelsFirstShape(tensor?.shape ?? []) }
  }
  const nodes = operators.flatMap((operator) => nodesOf(operator, context))
  return modelProto({
    ...{ nodes, constants },
    input: value(onnxInput(model)),
    output: value(tensorName(outputs[0])),
  })
}

function nodesOf(operator: Operator, context: Context): readonly OnnxNode[] {
  const kind = operatorKind(context.model, operator)
  const translate = translations[kind]
  if (translate === undefined) throw new Error(`ONNX: no operator for ${kind}`)
  const { activation = 'NONE', ...node } = translate(operator, context)
  const output = tensorName(operator.outputs?.[0])
  if (activation === 'NONE') return [{ ...node, output }]
  const before = `${output} before ${activation}`
  return [
    { ...node, output: before },
    { ...activationNode(activation, before, context), output },
  ]
}

function activationNode(activation: string, input: string, context: Context): Omit<OnnxNode, 'output'> {
  const bound = (value: number): string => context.constant(Float32Array.of(value), [])
  switch (activation) {
    case 'RELU':
      return { operator: 'Relu', inputs: [input] }
    case 'RELU6':
      return { operator: 'Clip', inputs: [input, bound(0), bound(6)] }
    default:
      throw new Error(`ONNX: no operator for activation ${activation}`)
  }
}
