import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import type { FloatBias } from '../../shared/float-bias.ts'
import { float32, load, operation, store } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { bitsOf, packParameters } from './epilogue.ts'
import type { Epilogue, Tile } from './epilogue.ts'
import { storeBytes } from './store-bytes.ts'

/** Float32 outputs: the bias, where it comes last, and the clamp of the fused activation. NaN stays NaN. */
export function float32Epilogue({ first, last }: FloatBias, { min, max }: ActivationRange): Epilogue {
  const addsLast = last.some((value) => value !== 0)
  const vectorsPerQuad = addsLast ? 2 : 1
  return {
    outputBytes: 4,
    vectorsPerQuad,
    signature: ['float32', min, max, addsLast].join(' '),
    parameters: packParameters((addsLast ? [first, last] : [first]).map(bitsOf)),
    begin(f) {
      const low = min === -Infinity ? undefined : splat(f, min)
      const high = max === Infinity ? undefined : splat(f, max)
      return (tile) => finishTile(f, tile, addsLast, low, high)
    },
  }
}

function splat(f: FunctionBuilder, value: number): Local<'v128'> {
  const local = f.local('v128')
  f.set(local, operation('f32x4.splat', float32(value)))
  return local
}

function finishTile(
  f: FunctionBuilder,
  tile: Tile,
  addsLast: boolean,
  low: Local<'v128'> | undefined,
  high: Local<'v128'> | undefined,
): void {
  const { sums, parameters, output, positionOffsets, channels } = tile
  sums.forEach((quads, position) => {
    quads.forEach((sum, quad) => {
      if (addsLast) {
        const bias = load('v128.load', get(parameters), (quad * 2 + 1) * 16)
        f.set(sum, operation('f32x4.add', get(sum), bias))
      }
      // With the sum first the pseudo-maximum keeps NaN, as the comparisons of the reference do.
      if (low !== undefined) f.set(sum, operation('f32x4.pmax', get(sum), get(low)))
      if (high !== undefined) f.set(sum, operation('f32x4.pmin', get(sum), get(high)))
      const count = Math.min(4, channels - quad * 4)
      const offset = positionOffsets[position]! + quad * 16
      if (count === 4) f.emit(store('v128.store', get(output), get(sum), offset))
      else if (count > 0) storeBytes(f, sum, 0, count * 4, get(output), offset)
    })
  })
}
