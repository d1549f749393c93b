import { UnsupportedError, elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import type { RuntimeTensor } from './operator.ts'

/** What `realValues` looks at; the shape matters only for tensors with several scales. */
export type StoredTensor = Pick<RuntimeTensor, 'name' | 'type' | 'quantization' | 'data'> & {
  readonly shape?: Shape
}

/**
 * The real numbers that a tensor stands for: its own memory for float32, otherwise `into` filled with
 * `scale * (stored - zeroPoint)` in float32, as DEQUANTIZE computes it. Unquantized integers count as they are.
 *
 * @throws UnsupportedError for float16, whose values nothing here converts, and for complex numbers.
 */
export function realValues(
  tensor: StoredTensor,
  into: Float32Array = new Float32Array(tensor.data.length),
): Float32Array {
  const { data: stored, quantization, shape = [] } = tensor
  if (tensor.type === 'float32') return stored as Float32Array
  if (tensor.type === 'float16' || tensor.type === 'complex64') {
    throw new UnsupportedError({
      stage: 'runtime',
      subject: tensor.name,
      found: `a tensor of type ${tensor.type}`,
      expected: 'float32 or integers',
      nextStep: 'Convert it to float32 when the model is exported',
    })
  }
  const { scales = [1], zeroPoints = [0], axis = 0 } = quantization ?? {}
  const inner = scales.length === 1 ? stored.length : elementCount(shape.slice(axis + 1))
  for (let start = 0; start < stored.length; start += inner) {
    const channel = (start / inner) % scales.length
    const [scale, zeroPoint] = [scales[channel] ?? 1, zeroPoints[channel] ?? 0]
    for (let i = start; i < start + inner; i++) into[i] = scale * (Number(stored[i]) - zeroPoint)
  }
  return into
}
