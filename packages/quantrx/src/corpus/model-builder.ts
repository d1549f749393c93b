import { seededRandom } from '@quantrx/core'
import type { Random, Shape } from '@quantrx/core'
import { builtinCodeFields } from '@quantrx/tflite'
import type {
  BuiltinOperator,
  BuiltinOptions,
  Buffer,
  Model,
  Operator,
  OperatorCode,
  SignatureDef,
  SubGraph,
  Tensor,
} from '@quantrx/tflite'

type TensorType = Tensor['type']

/** What may be said of a tensor besides its name and shape. */
export interface TensorDetails {
  readonly type?: TensorType
  /** Sizes that are open are -1 here. */
  readonly signature?: Shape
  /** True for state that runs leave to the next one. */
  readonly variable?: boolean
}

/** What an operator gives. */
export type Output = readonly [name: string, shape: Shape, details?: TensorDetails]

/** What a custom operator is called, and its options. */
export interface CustomCode {
  readonly name: string
  readonly options: Uint8Array
}

/** What may be said of an operator besides its operands, outputs and options. */
export interface OperatorDetails {
  readonly version?: number
  readonly custom?: CustomCode
  /** Options of the operators that came last. */
  readonly options2?: NonNullable<Operator['builtinOptions2']>
}

/** What the graphs of a model share. */
interface SharedParts {
  readonly random: Random
  readonly buffers: Buffer[]
  readonly codes: OperatorCode[]
  readonly subgraphs: SubGraph[]
  readonly signatureDefs: SignatureDef[]
}

/** Builds one graph of a model, tensor by tensor and operator by operator. */
export type GraphBuilder = ReturnType<typeof graphBuilder>

/** Builds the models of the corpus: graphs that share buffers and codes. */
export function corpusModel() {
  const parts: SharedParts = {
    ...{ random: seededRandom(23), buffers: [{ offset: 0n, size: 0n }] },
    ...{ codes: [], subgraphs: [], signatureDefs: [] },
  }
  const { codes: operatorCodes, buffers, subgraphs, signatureDefs } = parts
  const finish = (): Model => ({
    ...{ version: 3, operatorCodes, buffers, subgraphs },
    ...(signatureDefs.length === 0 ? {} : { signatureDefs }),
  })
  return { graph: () => graphBuilder(parts), finish }
}

function graphBuilder(parts: SharedParts) {
  const tensors: Tensor[] = []
  const operators: Operator[] = []
  const inputs: number[] = []
  const tensor = (name: string, shape: Shape, details: TensorDetails = {}, buffer = 0): number =>
    tensors.push(plainTensor(name, shape, details, buffer)) - 1
  const stored = (data: Float32Array | Int32Array): number =>
    parts.buffers.push({ data: new Uint8Array(data.buffer), offset: 0n, size: 0n }) - 1
  return {
    input(name: string, shape: Shape, details?: TensorDetails): number {
      const index = tensor(name, shape, details)
      inputs.push(index)
      return index
    },
    /** Random weights, smaller the more of them meet in one sum. */
    weights(name: string, shape: Shape): number {
      const length = shape.reduce((product, size) => product * size, 1)
      const spread = 1.5 / Math.sqrt(Math.max(1, length / Math.max(1, shape[0] ?? 1)))
      const values = Float32Array.from({ length }, () => spread * parts.random.normal())
      return tensor(name, shape, {}, stored(values))
    },
    state: (name: string, shape: Shape): number => tensor(name, shape, { variable: true }),
    reals: (name: string, shape: Shape, ...values: readonly number[]): number =>
      tensor(name, shape, {}, stored(Float32Array.from(values))),
    integers: (name: string, shape: Shape, ...values: readonly number[]): number =>
      tensor(name, shape, { type: 'INT32' }, stored(Int32Array.from(values))),
    /** Adds an operator; returns its outputs. */
    add(
      kind: BuiltinOperator,
      operands: readonly number[],
      outputs: readonly Output[],
      options?: BuiltinOptions,
      { version = 1, custom, options2 }: OperatorDetails = {},
    ): readonly number[] {
      const made = outputs.map(([name, shape, details]) => tensor(name, shape, details))
      operators.push({
        ...{ opcodeIndex: codeIndex(parts, kind, version, custom), inputs: operands, outputs: made },
        ...(options === undefined ? {} : { builtinOptions: options }),
        ...(options2 === undefined ? {} : { builtinOptions2: options2 }),
        ...(custom === undefined ? {} : { customOptions: custom.options }),
        ...{ customOptionsFormat: 'FLEXBUFFERS', largeCustomOptionsOffset: 0n },
        ...{ largeCustomOptionsSize: 0n, debugMetadataIndex: -1 },
      })
      return made
    },
    /** Ends the graph, with a signature where it has a name. */
    finish(outputs: readonly number[], signatureKey?: string): void {
      const named = (indices: readonly number[]) =>
        indices.map((tensorIndex) => ({ name: tensors[tensorIndex]!.name ?? '', tensorIndex }))
      const { subgraphs, signatureDefs } = parts
      const subgraphIndex =
        subgraphs.push({ tensors, operators, inputs, outputs, debugMetadataIndex: -1 }) - 1
      if (signatureKey === undefined) return
      signatureDefs.push({ signatureKey, subgraphIndex, inputs: named(inputs), outputs: named(outputs) })
    },
  }
}

function plainTensor(name: string, shape: Shape, details: TensorDetails, buffer: number): Tensor {
  const { type = 'FLOAT32', signature: shapeSignature, variable: isVariable = false } = details
  return {
    ...{ name, shape, type, buffer, isVariable, hasRank: false, externalBuffer: 0 },
    ...(shapeSignature === undefined ? {} : { shapeSignature }),
  }
}

function codeIndex(
  { codes }: SharedParts,
  kind: BuiltinOperator,
  version: number,
  custom: CustomCode | undefined,
): number {
  const known = codes.findIndex(
    ({ builtinCode, customCode }) => builtinCode === kind && customCode === custom?.name,
  )
  if (known !== -1) return known
  const name = custom === undefined ? {} : { customCode: custom.name }
  return codes.push({ ...builtinCodeFields(kind), version, ...name }) - 1
}
