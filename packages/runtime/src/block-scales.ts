import { ShapeError, UnsupportedError, elementCount, viewBytes } from '@quantrx/core'
import { float16ToNumber } from '@quantrx/kernels'
import { constantBytes } from '@quantrx/tflite'
import type { Model, Tensor } from '@quantrx/tflite'

/** A tensor that is quantized in blocks: `scales` has one for every `size` elements that lie side by side. */
export interface BlockScales {
  readonly size: number
  readonly scales: Float32Array
}

/**
 * The scales of a tensor that is quantized in blocks, which are a float16 or float32 constant of their own; undefined for
 * any other tensor. Follows BlockwiseQuantization of the schema, without zero points.
 *
 * @param subject Names the tensor in errors.
 * @throws UnsupportedError for scales of another type, or zero points.
 * @throws ShapeError when there is not one scale for each block.
 */
export function blockScalesOf(
  model: Model,
  subgraph: number,
  tensor: Tensor,
  subject: string,
): BlockScales | undefined {
  const details = tensor.quantization?.details
  if (details?.kind !== 'BlockwiseQuantization') return undefined
  const { scales: index, zeroPoints, blockSize: size } = details
  const stored = model.subgraphs?.[subgraph]?.tensors?.[index]
  const bytes = stored && constantBytes(model, stored)
  const scales = bytes && numbersOf(stored, bytes)
  if (scales === undefined || zeroPoints > 0) {
    throw new UnsupportedError({
      stage: 'runtime',
      subject,
      found: zeroPoints > 0 ? 'blocks with zero points' : `block scales of type ${stored?.type ?? 'none'}`,
      expected: 'constant block scales of type FLOAT16 or FLOAT32, and no zero points',
    })
  }
  const innermost = tensor.shape?.at(-1) ?? 1
  if (size > 0 && innermost % size === 0 && scales.length * size === elementCount(tensor.shape ?? []))
    return { size, scales }
  throw new ShapeError({
    stage: 'runtime',
    subject,
    found: `${scales.length} scales of blocks of ${size}`,
    expected: `blocks that the innermost dimension, ${innermost}, divides into, and one scale for each`,
  })
}

function numbersOf({ type }: Tensor, bytes: Uint8Array): Float32Array | undefined {
  if (type === 'FLOAT32') return viewBytes('float32', bytes)
  return type === 'FLOAT16' ? Float32Array.from(viewBytes('float16', bytes), float16ToNumber) : undefined
}
