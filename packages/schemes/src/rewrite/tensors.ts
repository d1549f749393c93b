import { constantBytes } from '@quantrx/tflite'
import type { Tensor } from '@quantrx/tflite'
import type { StoredParameters } from '../plan/plan.ts'
import { encodeFloat16 } from '../parameters/float16.ts'
import { quantizeConstant } from './constants.ts'
import type { Draft, Form } from './draft.ts'
import { tensorTypeOf } from './representations.ts'

/** Name of the metadata that the format has for scales of blocks. */
const blockwise = 'BlockwiseQuantization'

/**
 * A form as tensors of the new subgraph: the tensor itself, and behind it the scales of its blocks, which are a tensor of
 * their own.
 *
 * @param isMain True for the form that keeps the name of the source.
 * @param index Index that the first of the tensors will have.
 */
export function tensorsOf(draft: Draft, each: Form, isMain: boolean, index: number): readonly Tensor[] {
  const source = draft.graph.tensors![each.tensor]!
  const { representation } = each
  const { buffers } = draft.context
  if (representation.kind === 'source') {
    return [{ ...source, ...named(source, isMain, 'float'), buffer: buffers.keep(source.buffer) }]
  }
  const { parameters, kind } = representation
  const { quantization: _float, ...others } = source
  const plain = { ...others, type: tensorTypeOf(kind) }
  if (kind === 'dequantized') return [{ ...plain, ...named(source, isMain, kind), buffer: 0 }]
  const name = named(source, isMain, kind)
  const buffer = bufferOf(draft, each, parameters)
  if (parameters.blockSize === undefined) {
    const quantization = kind === 'float16' ? {} : { quantization: quantizationTable(parameters) }
    return [{ ...plain, ...name, buffer, ...quantization }]
  }
  const { blockSize } = parameters
  const details = { kind: blockwise, scales: index + 1, zeroPoints: -1, blockSize } as const
  const quantization = { quantizedDimension: 0, details }
  return [{ ...plain, ...name, buffer, quantization }, scalesOf(draft, source, parameters)]
}

const named = (source: Tensor, isMain: boolean, suffix: string): Pick<Tensor, 'name'> => {
  if (source.name === undefined) return {}
  return { name: isMain ? source.name : `${source.name}_${suffix}` }
}

function bufferOf(draft: Draft, each: Form, parameters: StoredParameters): number {
  const { context, graph, produced } = draft
  const source = graph.tensors![each.tensor]!
  const bytes = produced.has(each.tensor) ? undefined : constantBytes(context.source, source)
  if (bytes === undefined) return 0
  const quantized = (): Uint8Array => quantizeConstant(bytes, source.shape ?? [], parameters)
  // What is not stored like weights has parameters by the calibration, and seldom the same ones again.
  const sharable = parameters.narrow === true || parameters.type === 'float16'
  const { representation } = each
  return context.stored.of(source, representation, () =>
    context.buffers.create(sharable ? context.quantized.of(source, representation, quantized) : quantized()),
  )
}

function scalesOf({ context }: Draft, source: Tensor, { scales, blockSize = 1 }: StoredParameters): Tensor {
  const rows = source.shape?.[0] ?? 1
  const stored = encodeFloat16(Float32Array.from(scales))
  const key = `scales ${blockSize} ${scales.join()}`
  return {
    ...{ shape: [rows, scales.length / rows], type: 'FLOAT16', isVariable: false, hasRank: true },
    ...(source.name === undefined ? {} : { name: `${source.name}_scale` }),
    buffer: context.buffers.add(key, () => new Uint8Array(stored.buffer)),
    externalBuffer: 0,
  }
}

/** Parameters as the format has them. */
export const quantizationTable = ({
  scales,
  zeroPoints,
  axis,
}: StoredParameters): NonNullable<Tensor['quantization']> => ({
  scale: scales,
  zeroPoint: zeroPoints.map(BigInt),
  quantizedDimension: scales.length > 1 ? axis : 0,
})
