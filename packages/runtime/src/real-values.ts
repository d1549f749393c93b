import { UnsupportedError } from '@quantrx/core'
import type { RuntimeTensor } from './operator.ts'

/**
 * The real numbers that a tensor stands for: its own memory for float32, otherwise `into` filled with
 * `scale * (stored - zeroPoint)` in float32, as DEQUANTIZE computes it. Unquantized integers count as they are.
 *
 * @throws UnsupportedError for types without a plain real value, such as 64-bit integers.
 */
export function realValues(
  tensor: Pick<RuntimeTensor, 'name' | 'type' | 'quantization' | 'data'>,
  into: Float32Array = new Float32Array(tensor.data.length),
): Float32Array {
  if (tensor.data instanceof Float32Array) return tensor.data
  if (
    tensor.data instanceof BigInt64Array ||
    tensor.data instanceof BigUint64Array ||
    tensor.type === 'float16'
  ) {
    throw new UnsupportedError({
      stage: 'runtime',
      subject: tensor.name,
      found: `a tensor of type ${tensor.type}`,
      expected: 'float32 or integers of at most 32 bits',
    })
  }
  const scale = tensor.quantization?.scales[0] ?? 1
  const zeroPoint = tensor.quantization?.zeroPoints[0] ?? 0
  const stored = tensor.data
  for (let i = 0; i < stored.length; i++) into[i] = scale * (stored[i]! - zeroPoint)
  return into
}
