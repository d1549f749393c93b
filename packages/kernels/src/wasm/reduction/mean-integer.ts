import { meanMultiplier } from '../../ops/mean/integer.ts'
import type { MeanIntegerParameters } from '../../ops/mean/parameters.ts'
import { meanFactor } from '../../ops/mean/xnnpack.ts'
import { operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import { beginNarrowBytes } from '../epilogue/narrow-bytes.ts'
import { hoist } from '../hoist.ts'
import { beginQuantizedMultiplier } from '../math/fixed-point.ts'
import type { EmitQuad } from '../math/fixed-point.ts'
import { beginByteSums } from './byte-sums.ts'
import { beginByteClamp } from './clamp.ts'
import type { WindowReduction } from './window-reduction.ts'

/** What a generated MEAN of stored integers needs to know. */
export interface MeanIntegerOptions extends Omit<MeanIntegerParameters, 'geometry'> {
  readonly type: 'int8' | 'uint8'
}

/** The mean of a window of stored integers, from one scale and zero point to another. */
export function meanIntegerReduction(options: MeanIntegerOptions): WindowReduction {
  const { type, arithmetic, inputZeroPoint, outputZeroPoint, range } = options
  return {
    type,
    begin(f) {
      const clamp = beginByteClamp(f, type, range)
      const sumsOf = beginByteSums(f, type)
      // The xnnpack arithmetic adds the zero point before it rounds.
      const narrow = beginNarrowBytes(f, type, arithmetic === 'tflite' ? outputZeroPoint : 0)
      return (window) => {
        const count = window.rows * window.columns
        const centre = hoist(f, new Int32Array(4).fill(inputZeroPoint * count))
        const scale =
          arithmetic === 'tflite' ? beginTflite(f, options, count) : beginXnnpack(f, options, count)
        return (from) => {
          const quads = sumsOf(window, from)
          for (const quad of quads) {
            f.set(quad, operation('i32x4.sub', get(quad), get(centre)))
            scale(quad)
          }
          const bytes = narrow(quads)
          clamp(bytes)
          return bytes
        }
      }
    },
  }
}

function beginTflite(
  f: FunctionBuilder,
  { inputScale, outputScale }: MeanIntegerOptions,
  count: number,
): EmitQuad {
  return beginQuantizedMultiplier(f, meanMultiplier(inputScale / outputScale, count))
}

function beginXnnpack(f: FunctionBuilder, options: MeanIntegerOptions, count: number): EmitQuad {
  const factor = hoist(f, new Float32Array(4).fill(meanFactor(options, count)))
  const zeroPoint = hoist(f, new Float32Array(4).fill(options.outputZeroPoint))
  return (quad) => {
    const scaled = operation('f32x4.mul', operation('f32x4.convert_i32x4_s', get(quad)), get(factor))
    const rounded = operation('f32x4.nearest', operation('f32x4.add', scaled, get(zeroPoint)))
    f.set(quad, operation('i32x4.trunc_sat_f32x4_s', rounded))
  }
}
