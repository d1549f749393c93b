import { UnsupportedError } from '@quantrx/core'
import type { DataType, Shape } from '@quantrx/core'
import { tensorBytes } from '../memory.ts'
import type { RuntimeTensor } from '../operator.ts'

/** An input or output of a standalone module. */
export interface StandaloneTensor {
  readonly name: string
  readonly type: DataType
  readonly shape: Shape
  /** Where its elements stand in the module's memory, little-endian, in row-major order. */
  readonly address: number
  readonly bytes: number
  /** With a zero point: a stored number stands for `scale * (stored - zeroPoint)`. */
  readonly scale?: number
  readonly zeroPoint?: number
}

/**
 * What a module tells of an input or output.
 *
 * @param address undefined for what an inference does not compute.
 * @throws UnsupportedError where it does not.
 */
export function standaloneTensor(tensor: RuntimeTensor, address: number | undefined): StandaloneTensor {
  const { name, type, shape, quantization } = tensor
  if (address === undefined) {
    throw new UnsupportedError({
      stage: 'runtime',
      subject: name,
      found: 'an output that is a constant',
      expected: 'outputs that an inference computes',
      nextStep: 'Remove the output from the model',
    })
  }
  const [scale, zeroPoint] = [quantization?.scales[0], quantization?.zeroPoints[0]]
  const stored = scale === undefined || zeroPoint === undefined ? {} : { scale, zeroPoint }
  return { name, type, shape, address, bytes: tensorBytes(tensor), ...stored }
}

/**
 * Addresses and sizes under the names by which a module exports them.
 *
 * @example
 * exportedNumbers('input', [tensor]) // { input0Address: 1024, input0Bytes: 490 }
 */
export function exportedNumbers(
  role: 'input' | 'output',
  tensors: readonly StandaloneTensor[],
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    tensors.flatMap(({ address, bytes }, at) => [
      [`${role}${at}Address`, address],
      [`${role}${at}Bytes`, bytes],
    ]),
  )
}
