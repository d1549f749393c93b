import { bytesField, floatField, integerField, textField } from './protobuf.ts'
import type { Message } from './protobuf.ts'

/** Value of an attribute: a list of integers, one integer, or a float32 in an object of its own. */
export type Attribute = number | readonly number[] | { readonly float: number }

/** An operator of an ONNX graph; inputs and outputs by name. */
export interface OnnxNode {
  readonly operator: string
  readonly inputs: readonly string[]
  readonly output: string
  readonly attributes?: Readonly<Record<string, Attribute>>
}

/** A constant: float32, or int64 for shapes. */
export interface OnnxConstant {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: Float32Array | BigInt64Array
}

/** Name and shape of an input or output in float32. */
export interface OnnxValue {
  readonly name: string
  readonly shape: readonly number[]
}

/** A graph. */
export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[]
  readonly constants: readonly OnnxConstant[]
  readonly input: OnnxValue
  readonly output: OnnxValue
}

/** Numbers that `onnx.proto` gives to types of elements and of attributes. */
const [elementFloat, elementInt64] = [1, 7]
const [attributeFloat, attributeInt, attributeInts] = [1, 2, 7]
/** A version of the format and of the operators that every runtime knows. */
const [formatVersion, operatorsVersion] = [8, 13]

/** An ONNX file of one graph; numbers of fields as in `onnx.proto`. */
export function modelProto({ nodes, constants, input, output }: OnnxGraph): Uint8Array {
  const graph = [
    ...nodes.map((node) => bytesField(1, nodeProto(node))),
    textField(2, 'graph'),
    ...constants.map((constant) => bytesField(5, tensorProto(constant))),
    bytesField(11, valueProto(input)),
    bytesField(12, valueProto(output)),
  ].flat()
  const operators = integerField(2, operatorsVersion)
  return Uint8Array.from(
    [integerField(1, formatVersion), bytesField(7, graph), bytesField(8, operators)].flat(),
  )
}

function nodeProto({ operator, inputs, output, attributes = {} }: OnnxNode): Message {
  return [
    ...inputs.map((name) => textField(1, name)),
    textField(2, output),
    textField(4, operator),
    ...Object.entries(attributes).map(([name, value]) => bytesField(5, attributeProto(name, value))),
  ].flat()
}

function attributeProto(name: string, value: Attribute): Message {
  if (typeof value === 'number') {
    return [textField(1, name), integerField(3, value), integerField(20, attributeInt)].flat()
  }
  if ('float' in value) {
    return [textField(1, name), floatField(2, value.float), integerField(20, attributeFloat)].flat()
  }
  const numbers = value.map((each) => integerField(8, each))
  return [textField(1, name), ...numbers, integerField(20, attributeInts)].flat()
}

function tensorProto({ name, shape, data }: OnnxConstant): Message {
  return [
    ...shape.map((size) => integerField(1, size)),
    integerField(2, data instanceof Float32Array ? elementFloat : elementInt64),
    textField(8, name),
    bytesField(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  ].flat()
}

function valueProto({ name, shape }: OnnxValue): Message {
  const dimensions = shape.map((size) => bytesField(1, integerField(1, size))).flat()
  const tensor = [integerField(1, elementFloat), bytesField(2, dimensions)].flat()
  return [textField(1, name), bytesField(2, bytesField(1, tensor))].flat()
}
