import { clampFloat32 } from '../../shared/clamp.ts'
import type { HybridScaling } from '../../shared/convolve-hybrid.ts'
import { quantizeRow } from '../../shared/quantize-batch.ts'
import type { FullyConnectedGeometry } from './float32.ts'

/**
 * Float32 numbers rounded to the 8 significant bits of bfloat16, halves to even, in which XNNPACK keeps the scales of blocks.
 *
 * @example
 * roundToBfloat16(Float32Array.of(1 + 2 ** -7 + 2 ** -9)) // Float32Array [1.0078125]
 */
export function roundToBfloat16(values: Float32Array): Float32Array {
  const bits = new Uint32Array(values.slice().buffer)
  const rounded = bits.map((word) => (word + 0x7fff + ((word >>> 16) & 1)) & 0xffff0000)
  return new Float32Array(rounded.buffer)
}

/** What a FULLY_CONNECTED with float32 activations and weights quantized in blocks needs besides its input. */
export interface FullyConnectedBlockwiseParameters {
  readonly geometry: FullyConnectedGeometry
  /** `[units, depth]` */
  readonly weights: Int8Array
  /** Elements of a row that share a scale. */
  readonly blockSize: number
  /** `[units, depth / blockSize]` */
  readonly blockScales: Float32Array
  readonly scaling: Omit<HybridScaling, 'filterScales'>
}

/**
 * FULLY_CONNECTED with float32 activations and weights quantized in blocks: each row of the input is quantized by its own
 * range, products are summed in integers within a block and in float32 across blocks:
 * `inputScale * sum(blockScale * accumulator) + bias`.
 */
export function fullyConnectedBlockwise(
  parameters: FullyConnectedBlockwiseParameters,
): (input: Float32Array, output: Float32Array) => void {
  const { geometry, weights, blockSize, blockScales, scaling } = parameters
  const { rows, depth, units } = geometry
  const { bias, range, inputQuantization } = scaling
  const centered = new Int16Array(depth)
  const blocks = depth / blockSize
  const sumOfBlocks = (unit: number): number => {
    let sum = 0
    for (let block = 0; block < blocks; block++) {
      let accumulator = 0
      for (let k = block * blockSize; k < (block + 1) * blockSize; k++) {
        accumulator += centered[k]! * weights[unit * depth + k]!
      }
      sum = Math.fround(sum + Math.fround(accumulator * blockScales[unit * blocks + block]!))
    }
    return sum
  }
  return (input, output) => {
    for (let row = 0; row < rows; row++) {
      const values = input.subarray(row * depth, (row + 1) * depth)
      const inputScale = quantizeRow(values, 0, depth, inputQuantization, centered)
      for (let unit = 0; unit < units; unit++) {
        output[row * units + unit] = Math.fround(sumOfBlocks(unit) * inputScale) + bias[unit]!
      }
    }
    clampFloat32(output, 0, rows * units, range)
  }
}
