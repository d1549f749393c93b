import type { RequantizeOptions } from '../../arithmetic/requantize.ts'
import { load, operation } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import { bitsOf, floatBits, packParameters } from './epilogue.ts'
import type { Epilogue } from './epilogue.ts'
import { floatStarts, magic } from './float-starts.ts'
import { fusedScales } from './fused-scale.ts'
import { beginNarrowBytes } from './narrow-bytes.ts'
import { storeIntegers } from './store-integers.ts'

/** What an epilogue of integer sums needs. */
export interface RequantizeEpilogueOptions extends RequantizeOptions {
  readonly bias: Int32Array
  readonly outputType: 'int8' | 'uint8'
  /** Output positions that share the parameters of a channel; many when left out. */
  readonly positions?: number
  /** Bounds of the magnitude of the sums of each channel, bias included. */
  readonly largestSums?: Float64Array
  /**
   * A number for each channel that its sums differ from by at most what its magnitude is less than `largestSums`: the bias of the
   * operator. Helps where some sums are large for their bias alone.
   */
  readonly centers?: Int32Array
  /**
   * Whether there is relaxed SIMD whose products of float32 are fused, as `runsExactDot` makes sure. Of what else is
   * implementation-defined there, nothing is used: its product of 16-bit fractions differs where both are -1, and one of ours
   * never is.
   */
  readonly relaxed?: boolean
  /** Whether sums start with their first parameter, whatever it is; without it, they hold nothing but the sums. */
  readonly startsAnywhere?: boolean
}

/**
 * Requantizes with float32 scales, the `xnnpack` arithmetic: the scaled sum plus `magic` is an integer whose order
 * is that of the results, so that clamping is done on it, and the zero point is subtracted together with the magic number.
 *
 * Where they can, sums start so that they are floats already (`floatStarts`), and no conversion takes a turn of the units
 * that multiply. What they are too large by is subtracted, or else taken away by a fused product (`fusedScales`).
 */
export function floatRequantizeEpilogue(options: RequantizeEpilogueOptions): Epilogue {
  const { bias, scales, zeroPoint, range, outputType } = options
  const largest = outputType === 'int8' ? 127 : 255
  const boundsBelow = needsLowest(options)
  const { kind, starts, further } = formOf(options)
  const vectorsPerQuad = 2 + further.length
  return {
    outputBytes: 1,
    vectorsPerQuad,
    signature: ['scaled', outputType, zeroPoint, range.min, range.max, boundsBelow, kind].join(' '),
    parameters: packParameters([
      starts,
      bitsOf(scales.length > 1 ? new Float32Array(scales) : new Float32Array(bias.length).fill(scales[0]!)),
      ...further,
    ]),
    begin(f) {
      const rounding = hoist(f, new Float32Array(4).fill(magic))
      const lowest = boundsBelow
        ? hoist(f, new Int32Array(4).fill(floatBits(magic + range.min - zeroPoint)))
        : undefined
      const offset = hoist(f, new Int32Array(4).fill(floatBits(magic) - zeroPoint))
      const highest = range.max < largest ? hoist(f, new Uint8Array(16).fill(range.max)) : undefined
      const narrow = beginNarrowBytes(f, outputType, 0)
      const minimum = outputType === 'int8' ? 'i8x16.min_s' : 'i8x16.min_u'
      const [scale, ofQuad] = [f.local('v128'), f.local('v128')]
      const scaled = (sum: Expression<'v128'>): Expression<'v128'> => {
        if (kind === 'fused') return operation('f32x4.relaxed_madd', sum, get(scale), get(ofQuad))
        const float =
          kind === 'integers'
            ? operation('f32x4.convert_i32x4_s', sum)
            : operation('f32x4.sub', sum, get(kind === 'moved' ? ofQuad : rounding))
        return operation('f32x4.mul', float, get(scale))
      }
      return (tile) => {
        tile.sums[0]!.forEach((_, quad) => {
          const parameter = (vector: number): Expression<'v128'> =>
            load('v128.load', get(tile.parameters), (quad * vectorsPerQuad + vector) * 16)
          f.set(scale, parameter(1))
          if (further.length > 0) f.set(ofQuad, parameter(2))
          for (const sums of tile.sums) {
            const sum = sums[quad]!
            const rounded = operation('f32x4.add', scaled(get(sum)), get(rounding))
            const bounded = lowest === undefined ? rounded : operation('i32x4.max_s', rounded, get(lowest))
            f.set(sum, operation('i32x4.sub', bounded, get(offset)))
          }
        })
        storeIntegers(f, tile, (quads) => {
          const bytes = narrow(quads)
          if (highest !== undefined) f.set(bytes, operation(minimum, get(bytes), get(highest)))
        })
      }
    },
  }
}

/** How sums become floats that are scaled: by an instruction for each of both or by a fused one, or as floats from the start. */
type Kind = 'integers' | 'floats' | 'moved' | 'fused'

/** What sums start with, and what there is for each channel besides its scale. */
interface Form {
  readonly kind: Kind
  readonly starts: Int32Array
  readonly further: readonly Int32Array[]
}

/** Fewer output positions do not repay the search for fused products. */
const fewestFused = 4096

function formOf(options: RequantizeEpilogueOptions): Form {
  const { bias, startsAnywhere, relaxed = false, positions = 0 } = options
  if (startsAnywhere !== true) return { kind: 'integers', starts: bias, further: [] }
  const fused = relaxed && positions >= fewestFused ? fusedScales(options) : undefined
  if (fused !== undefined) return { kind: 'fused', starts: fused.starts, further: [bitsOf(fused.offsets)] }
  const floats = floatStarts(options)
  if (floats === undefined) return { kind: 'integers', starts: bias, further: [] }
  const { starts, excess } = floats
  if (excess === undefined) return { kind: 'floats', starts, further: [] }
  return { kind: 'moved', starts, further: [bitsOf(excess)] }
}

/** Narrowing saturates at the type's smallest value by itself, as long as `magic` has room for the scaled sums. */
function needsLowest({ scales, range, outputType, largestSums }: RequantizeEpilogueOptions): boolean {
  if (largestSums === undefined || range.min > (outputType === 'int8' ? -128 : 0)) return true
  const perChannel = scales.length > 1 ? 1 : 0
  for (let channel = 0; channel < largestSums.length; channel++)
    if (largestSums[channel]! * scales[channel * perChannel]! >= 2 ** 21) return true
  return false
}
