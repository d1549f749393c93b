import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import type { Arithmetic } from '../../arithmetic/arithmetic.ts'
import { clampFloat32 } from '../../shared/clamp.ts'
import { liveFloatBias } from '../../shared/float-bias.ts'
import type { DepthwiseConv2dGeometry } from './geometry.ts'
import { forEachPosition, forEachTap } from './taps.ts'

/** What a float32 DEPTHWISE_CONV_2D needs besides its input. */
export interface DepthwiseConv2dFloat32Parameters {
  readonly arithmetic: Arithmetic
  readonly geometry: DepthwiseConv2dGeometry
  /** `[1, height, width, outputChannels]` */
  readonly filter: Float32Array
  /** One value per output channel. */
  readonly bias: Float32Array
  readonly range: ActivationRange
}

/**
 * DEPTHWISE_CONV_2D in float32. Products are summed in the order filter row, filter column, and the bias is added last;
 * in the `xnnpack` arithmetic the bias comes first and, without depth multiplier, filter column before filter row. Every
 * operation is rounded to float32; positions outside the input are left out.
 */
export function depthwiseConv2dFloat32(
  parameters: DepthwiseConv2dFloat32Parameters,
): (input: Float32Array, output: Float32Array) => void {
  const { arithmetic, geometry, filter, bias, range } = parameters
  const biasNow = liveFloatBias(arithmetic, bias)
  const { inputChannels, outputChannels, depthMultiplier } = geometry
  const order = arithmetic === 'xnnpack' && depthMultiplier === 1 ? 'columns' : 'rows'
  return (input, output) => {
    const { first, last } = biasNow()
    forEachPosition(geometry, (batch, row, column, at) => {
      output.set(first, at)
      forEachTap(geometry, order, batch, row, column, (inputAt, filterAt) => {
        if (depthMultiplier === 1) addProducts(output, at, input, inputAt, filter, filterAt, inputChannels)
        else addMultiplied(output, at, input, inputAt, filter, filterAt, inputChannels, depthMultiplier)
      })
      for (let channel = 0; channel < outputChannels; channel++)
        output[at + channel] = output[at + channel]! + last[channel]!
      clampFloat32(output, at, outputChannels, range)
    })
  }
}

function addProducts(
  output: Float32Array,
  at: number,
  input: Float32Array,
  inputAt: number,
  filter: Float32Array,
  filterAt: number,
  channels: number,
): void {
  const round = Math.fround
  for (let channel = 0; channel < channels; channel++) {
    const product = round(input[inputAt + channel]! * filter[filterAt + channel]!)
    output[at + channel] = round(output[at + channel]! + product)
  }
}

function addMultiplied(
  output: Float32Array,
  at: number,
  input: Float32Array,
  inputAt: number,
  filter: Float32Array,
  filterAt: number,
  channels: number,
  depthMultiplier: number,
): void {
  const round = Math.fround
  let to = 0
  for (let channel = 0; channel < channels; channel++) {
    const value = input[inputAt + channel]!
    for (let copy = 0; copy < depthMultiplier; copy++, to++) {
      output[at + to] = round(output[at + to]! + round(value * filter[filterAt + to]!))
    }
  }
}
