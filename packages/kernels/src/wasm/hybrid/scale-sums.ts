import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import { constant, load, operation, shuffle } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import { beginFloat32Clamp } from '../reduction/clamp.ts'

/** Sums of integers that become float32 in their place. */
export interface HybridSums {
  /** What has a scale of its own. */
  readonly rows: number
  /** Positions of each row. */
  readonly positions: number
  readonly channels: number
  readonly range: ActivationRange
  /** True where float32 holds all sums. */
  readonly isExact: boolean
}

/** Where sums and what scales them are in memory, in bytes. */
export interface HybridSumAddresses {
  /** Of the sums, which become the output. */
  readonly output: number
  /** Of a float32 for each row. */
  readonly scales: number
  /** Of {@link channelScalesAndBiases}. */
  readonly parameters: number
}

/** The scales of four channels, their biases, those of the next four, and so on. */
export function channelScalesAndBiases(scales: Float32Array, bias: Float32Array): Float32Array {
  const packed = new Float32Array(Math.ceil(scales.length / 4) * 8)
  scales.forEach((scale, channel) => {
    const at = (channel >> 2) * 8 + (channel & 3)
    packed[at] = scale
    packed[at + 4] = bias[channel]!
  })
  return packed
}

/** Writes the code for `rowScale * channelScale * sum + bias`, rounded after each product, and for the clamp. */
export function emitScaledSums(f: FunctionBuilder, sums: HybridSums, addresses: HybridSumAddresses): void {
  const { rows, positions, channels, range } = sums
  const [at, scaleAt, parameters] = [f.local('i32'), f.local('i32'), f.local('i32')]
  const [rowScale, value] = [f.local('v128'), f.local('v128')]
  const clamp = beginFloat32Clamp(f, range)
  const scaled = sums.isExact ? singleProduct : beginDoubleProduct(f)
  f.set(at, constant(addresses.output))
  f.set(scaleAt, constant(addresses.scales))
  const quad = (count: number): void => {
    const scale = operation('f32x4.mul', get(rowScale), load('v128.load', get(parameters)))
    f.set(value, scaled(load('v128.load', get(at)), scale))
    f.set(value, operation('f32x4.add', get(value), load('v128.load', get(parameters), 16)))
    clamp(value)
    storeBytes(f, value, 0, count * 4, get(at), 0)
    f.increase(at, count * 4)
    f.increase(parameters, 32)
  }
  f.repeat(rows, () => {
    f.set(rowScale, load('v128.load32_splat', get(scaleAt)))
    f.repeat(positions, () => {
      f.set(parameters, constant(addresses.parameters))
      f.repeat(Math.floor(channels / 4), () => quad(4))
      if (channels % 4 > 0) quad(channels % 4)
    })
    f.increase(scaleAt, 4)
  })
}

type Product = (sums: Expression<'v128'>, scales: Expression<'v128'>) => Expression<'v128'>

const singleProduct: Product = (sums, scales) =>
  operation('f32x4.mul', operation('f32x4.convert_i32x4_s', sums), scales)

const upperHalf = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]
const lowerHalves = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]

/** Products in float64, which holds all sums. */
function beginDoubleProduct(f: FunctionBuilder): Product {
  const [sums, scales] = [f.local('v128'), f.local('v128')]
  const two = (integers: Expression<'v128'>, factors: Expression<'v128'>): Expression<'v128'> => {
    const reals = operation('f64x2.convert_low_i32x4_s', integers)
    const product = operation('f64x2.mul', reals, operation('f64x2.promote_low_f32x4', factors))
    return operation('f32x4.demote_f64x2_zero', product)
  }
  const upper = (vector: Local<'v128'>) => shuffle(get(vector), get(vector), upperHalf)
  return (given, factors) => {
    f.set(sums, given)
    f.set(scales, factors)
    return shuffle(two(get(sums), get(scales)), two(upper(sums), upper(scales)), lowerHalves)
  }
}
