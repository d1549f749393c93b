import { builtinCodeFields } from '@quantrx/tflite'
import type { BuiltinOperator, BuiltinOptions, Model, Operator, Tensor } from '@quantrx/tflite'

/** A tensor of a test model; `data` makes it a constant. */
export interface TinyTensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly type?: Tensor['type']
  readonly data?: Float32Array | Int32Array | Int16Array | Int8Array | BigInt64Array
  readonly scale?: number
  readonly zeroPoint?: number
  /** True for state that runs leave to the next one. */
  readonly variable?: boolean
}

/** An operator of a test model. */
export interface TinyOperator {
  readonly kind: BuiltinOperator
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  readonly options?: BuiltinOptions
  /** Options of the operators that came last. */
  readonly options2?: NonNullable<Operator['builtinOptions2']>
  /** Tensors inside the operator. */
  readonly intermediates?: readonly number[]
}

/** A model of one subgraph, for tests. */
export function tinyModel(
  tensors: readonly TinyTensor[],
  operators: readonly TinyOperator[],
  inputs: readonly number[],
  outputs: readonly number[],
): Model {
  const constants = tensors.map(({ data }) => data)
  const kinds = [...new Set(operators.map(({ kind }) => kind))]
  return {
    version: 3,
    operatorCodes: kinds.map((kind) => ({ ...builtinCodeFields(kind), version: 1 })),
    buffers: [
      { offset: 0n, size: 0n },
      ...constants.flatMap((data) =>
        data === undefined
          ? []
          : [{ data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset: 0n, size: 0n }],
      ),
    ],
    subgraphs: [
      {
        tensors: tensors.map((tensor, at) => tinyTensor(tensor, constants, at)),
        operators: operators.map((operator) => tinyOperator(operator, kinds)),
        inputs,
        outputs,
        debugMetadataIndex: -1,
      },
    ],
  }
}

function tinyTensor(
  { name, shape, type = 'FLOAT32', scale, zeroPoint = 0, variable = false }: TinyTensor,
  constants: readonly unknown[],
  at: number,
): Tensor {
  const before = constants.slice(0, at + 1).filter((data) => data !== undefined).length
  const quantization = { scale: [scale ?? 1], zeroPoint: [BigInt(zeroPoint)], quantizedDimension: 0 }
  return {
    ...{ name, shape, type, isVariable: variable, hasRank: false, externalBuffer: 0 },
    buffer: constants[at] === undefined ? 0 : before,
    ...(scale === undefined ? {} : { quantization }),
  }
}

function tinyOperator(
  { kind, inputs, outputs, options, options2, intermediates }: TinyOperator,
  kinds: readonly BuiltinOperator[],
): Operator {
  return {
    opcodeIndex: kinds.indexOf(kind),
    inputs,
    outputs,
    ...(options === undefined ? {} : { builtinOptions: options }),
    ...(options2 === undefined ? {} : { builtinOptions2: options2 }),
    ...(intermediates === undefined ? {} : { intermediates }),
    customOptionsFormat: 'FLEXBUFFERS',
    largeCustomOptionsOffset: 0n,
    largeCustomOptionsSize: 0n,
    debugMetadataIndex: -1,
  }
}
