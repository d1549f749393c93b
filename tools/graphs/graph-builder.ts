import type { Shape } from '@quantrx/core'
import { builtinCodeFields } from '@quantrx/tflite'
import type { Buffer, BuiltinOperator, BuiltinOptions, Model, Operator, Tensor } from '@quantrx/tflite'

/** What a model says of itself, and which tensors go in and come out, by the names in its signature. */
export interface GraphInterface {
  readonly description: string
  readonly inputs: readonly { readonly name: string; readonly tensorIndex: number }[]
  readonly outputs: readonly { readonly name: string; readonly tensorIndex: number }[]
}

/** What {@link graphBuilder} makes. */
export type GraphBuilder = ReturnType<typeof graphBuilder>

/** Collects the tensors, buffers and operators of a graph, and makes a float model of them. */
export function graphBuilder() {
  const tensors: Tensor[] = []
  const buffers: Buffer[] = [{ offset: 0n, size: 0n }]
  const operators: Operator[] = []
  const kinds: BuiltinOperator[] = []
  const tensor = (name: string, shape: Shape, type: Tensor['type'] = 'FLOAT32', buffer = 0): number =>
    tensors.push({ name, shape, type, buffer, isVariable: false, hasRank: false, externalBuffer: 0 }) - 1
  const constant = (name: string, shape: Shape, data: Float32Array | Int32Array): number => {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    const type = data instanceof Int32Array ? 'INT32' : 'FLOAT32'
    return tensor(name, shape, type, buffers.push({ data: bytes, offset: 0n, size: 0n }) - 1)
  }
  const add = (
    kind: BuiltinOperator,
    inputs: readonly number[],
    name: string,
    shape: Shape,
    options: BuiltinOptions,
  ): number => {
    if (!kinds.includes(kind)) kinds.push(kind)
    const output = tensor(name, shape)
    operators.push({
      opcodeIndex: kinds.indexOf(kind),
      inputs,
      outputs: [output],
      builtinOptions: options,
      customOptionsFormat: 'FLEXBUFFERS',
      largeCustomOptionsOffset: 0n,
      largeCustomOptionsSize: 0n,
      debugMetadataIndex: -1,
    })
    return output
  }
  const model = ({ description, inputs, outputs }: GraphInterface): Model => ({
    version: 3,
    description,
    operatorCodes: kinds.map((kind) => ({ ...builtinCodeFields(kind), version: 1 })),
    subgraphs: [
      {
        name: 'main',
        tensors,
        inputs: inputs.map(({ tensorIndex }) => tensorIndex),
        outputs: outputs.map(({ tensorIndex }) => tensorIndex),
        operators,
        debugMetadataIndex: -1,
      },
    ],
    buffers,
    signatureDefs: [{ signatureKey: 'serving_default', subgraphIndex: 0, inputs, outputs }],
  })
  return { tensor, constant, add, model }
}
