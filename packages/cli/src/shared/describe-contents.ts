import { archiveMembers, bufferBytes, operatorCode, operatorKind } from '@quantrx/tflite'
import type { Buffer, Model, SubGraph, Tensor } from '@quantrx/tflite'

/** A named way into a model. */
export interface SignatureSummary {
  readonly key: string
  readonly subgraph: number
  /** Names of the tensors that go in and come out, as the signature has them. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

/** A name with a size in bytes. */
export interface SizedName {
  readonly name: string
  readonly bytes: number
}

/** A tensor, by where it is. */
export interface TensorPlace {
  readonly subgraph: number
  readonly index: number
  readonly name: string
}

/** What a file has besides what runs, and what readers may stumble over. */
export interface ModelContents {
  readonly signatures: readonly SignatureSummary[]
  readonly metadata: readonly SizedName[]
  /** Members of the zip archive behind the model, such as lists of labels. */
  readonly associatedFiles: readonly SizedName[]
  /** Bytes behind the model, the archive included. */
  readonly trailingBytes: number
  /** Paths of fields that are newer than this version, and get lost when the model is written. */
  readonly unknownFields: readonly string[]
  /** Numbers of builtin operators that are newer than this version. */
  readonly unknownOperators: readonly number[]
  /** Name of each custom operator and how often it comes. */
  readonly customOperators: Readonly<Record<string, number>>
  /** Number and size of the buffers outside the FlatBuffer, as files over 2 GB have them. */
  readonly externalBuffers: { readonly count: number; readonly bytes: number }
  readonly sparseTensors: readonly TensorPlace[]
  /** Tensors with dimensions that are known only when the model runs, -1 in `shape`. */
  readonly dynamicShapes: readonly (TensorPlace & { readonly shape: readonly number[] })[]
  readonly graphs: readonly GraphSummary[]
}

/** A subgraph. */
export interface GraphSummary {
  readonly name: string
  readonly tensors: number
  readonly operators: number
  readonly inputs: number
  readonly outputs: number
}

/** Describes what a file has besides what runs. */
export function describeContents(model: Model): ModelContents {
  const { buffers = [], subgraphs = [] } = model
  const outside = buffers.filter(({ offset }) => offset > 1n)
  return {
    signatures: signaturesOf(model),
    metadata: (model.metadata ?? []).map(({ name = '', buffer }) => ({
      name,
      bytes: sizeOf(buffers[buffer]),
    })),
    associatedFiles: archiveMembers(model),
    trailingBytes: model.trailing?.length ?? 0,
    unknownFields: model.unknownFields ?? [],
    ...unknownAndCustomOperators(model),
    externalBuffers: { count: outside.length, bytes: outside.reduce((sum, each) => sum + sizeOf(each), 0) },
    sparseTensors: places(subgraphs, ({ sparsity }) => sparsity !== undefined),
    dynamicShapes: places(subgraphs, ({ shapeSignature = [] }) => shapeSignature.includes(-1)).map(
      (place) => ({
        ...place,
        shape: subgraphs[place.subgraph]?.tensors?.[place.index]?.shapeSignature ?? [],
      }),
    ),
    graphs: subgraphs.map(({ name = '', tensors = [], operators = [], inputs = [], outputs = [] }) => ({
      name,
      ...{ tensors: tensors.length, operators: operators.length },
      ...{ inputs: inputs.length, outputs: outputs.length },
    })),
  }
}

const sizeOf = (buffer: Buffer | undefined): number =>
  buffer?.outside?.byteLength ?? (buffer === undefined ? 0 : (bufferBytes(buffer)?.length ?? 0))

function signaturesOf({ signatureDefs = [] }: Model): readonly SignatureSummary[] {
  return signatureDefs.map(({ signatureKey = '', subgraphIndex, inputs = [], outputs = [] }) => ({
    key: signatureKey,
    subgraph: subgraphIndex,
    inputs: inputs.map(({ name = '' }) => name),
    outputs: outputs.map(({ name = '' }) => name),
  }))
}

function unknownAndCustomOperators(
  model: Model,
): Pick<ModelContents, 'unknownOperators' | 'customOperators'> {
  const unknown = new Set<number>()
  const custom = new Map<string, number>()
  for (const operator of (model.subgraphs ?? []).flatMap(({ operators = [] }) => operators)) {
    const kind = operatorKind(model, operator)
    if (kind.startsWith('UNKNOWN_')) unknown.add(Number(kind.slice('UNKNOWN_'.length)))
    if (kind !== 'CUSTOM') continue
    const name = operatorCode(model, operator)?.customCode ?? ''
    custom.set(name, (custom.get(name) ?? 0) + 1)
  }
  return { unknownOperators: [...unknown].sort((a, b) => a - b), customOperators: Object.fromEntries(custom) }
}

function places(subgraphs: readonly SubGraph[], chosen: (tensor: Tensor) => boolean): TensorPlace[] {
  return subgraphs.flatMap(({ tensors = [] }, subgraph) =>
    tensors.flatMap((tensor, index) =>
      chosen(tensor) ? [{ subgraph, index, name: tensor.name ?? '' }] : [],
    ),
  )
}
