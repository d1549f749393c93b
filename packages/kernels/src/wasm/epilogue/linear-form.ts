import { constant, load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { lineOf, reachOf } from './line.ts'
import type { ChannelRequantization, Line, LineShape, Reach } from './line.ts'
import type { EmitQuad, QuadForm } from './quad-form.ts'
import type { RequantizeEpilogueOptions } from './requantize-float.ts'

/** Outputs stand in the upper byte of 32 bits. */
const outputShift = 24

/**
 * Requantizes in 32 bits: exactly gemmlowp's double rounding (spec 6.2) for every sum that can occur, as {@link lineOf} has
 * proved channel by channel. Channels with scales too small for 32 bits are left out.
 *
 * @param largestSums bounds of the magnitude of the sums of each channel, bias included.
 */
export function linearForm(
  { bias, scales, zeroPoint, range, outputType }: RequantizeEpilogueOptions,
  largestSums: Float64Array,
): QuadForm {
  const channels = Array.from(largestSums, (largestSum, channel) => {
    const scale = scales[scales.length > 1 ? channel : 0]!
    return { scale, zeroPoint, range, largestSum }
  })
  const { shape, lines } = bestLines(channels)
  const vectorsPerQuad = 5 + (shape.fineShift === undefined ? 0 : 1) + (shape.jumps ? 1 : 0)
  return {
    vectorsPerQuad,
    parametersOf(quad) {
      const packed = new Int32Array(vectorsPerQuad * 4)
      for (let channel = quad * 4; channel < Math.min(quad * 4 + 4, lines.length); channel++) {
        const line = lines[channel]
        if (line === undefined) return undefined
        const { lowest, highest, coarse, offset, fine, jump } = line
        const values = [bias[channel]!, lowest, highest, coarse, offset]
        if (shape.fineShift !== undefined) values.push(fine)
        if (shape.jumps) values.push(jump)
        values.forEach((value, vector) => (packed[vector * 4 + (channel & 3)] = value))
      }
      return packed
    },
    begin: (f) => emitLines(f, shape, outputType === 'int8' ? 'i32x4.shr_s' : 'i32x4.shr_u'),
  }
}

type Lines = readonly (Line | undefined)[]

/** The cheapest shape that is exact for all channels, or the one that is exact for most. */
function bestLines(channels: readonly ChannelRequantization[]): { shape: LineShape; lines: Lines } {
  const reaches = channels.map(reachOf)
  const jumps = reaches.some((reach) => reach !== undefined && reach.jump > 0)
  const lineAt = (at: number, shape: LineShape): Line | undefined => {
    const reach = reaches[at]
    return reach === undefined ? undefined : lineOf(channels[at]!, reach, shape)
  }
  // One channel is enough to rule the cheapest shape out, and most layers have one.
  const cheapest = allOrNothing(channels.length, (at) => lineAt(at, { jumps }))
  if (cheapest !== undefined) return { shape: { jumps }, lines: cheapest }
  let best: { shape: LineShape; lines: Lines; count: number } | undefined
  for (const fineShift of fineShifts(reaches)) {
    const shape = { jumps, fineShift }
    const lines = channels.map((_, at) => lineAt(at, shape))
    const count = lines.filter((line) => line !== undefined).length
    if (best === undefined || count > best.count) best = { shape, lines, count }
    if (count === channels.length) break
  }
  return best ?? { shape: { jumps }, lines: channels.map(() => undefined) }
}

function allOrNothing(count: number, make: (at: number) => Line | undefined): readonly Line[] | undefined {
  const lines: Line[] = []
  for (let at = 0; at < count; at++) {
    const line = make(at)
    if (line === undefined) return undefined
    lines.push(line)
  }
  return lines
}

const fewestFineBits = 8

/** Shifts of fine products that do not overflow: for all channels, then for those that remain without the widest. */
function fineShifts(reaches: readonly (Reach | undefined)[]): readonly number[] {
  const shifts = reaches.map((reach) =>
    reach === undefined
      ? 0
      : Math.min(24, 30 - Math.floor(Math.log2(Math.max(1, -reach.lowest, reach.highest)))),
  )
  return [...new Set(shifts)].filter((shift) => shift >= fewestFineBits).sort((a, b) => a - b)
}

function emitLines(
  f: FunctionBuilder,
  { fineShift, jumps }: LineShape,
  shift: 'i32x4.shr_s' | 'i32x4.shr_u',
): EmitQuad {
  const vector = (): Local<'v128'> => f.local('v128')
  const [lowest, highest, coarse, offset] = [vector(), vector(), vector(), vector()]
  const fine = fineShift === undefined ? undefined : vector()
  const jump = jumps ? vector() : undefined
  const registers = [lowest, highest, coarse, offset, fine, jump].filter((local) => local !== undefined)
  return (sums, parameters, from) => {
    registers.forEach((register, at) =>
      f.set(register, load('v128.load', get(parameters), from + (at + 1) * 16)),
    )
    for (const sum of sums) {
      f.set(sum, operation('i32x4.max_s', operation('i32x4.min_s', get(sum), get(highest)), get(lowest)))
      let line = operation('i32x4.add', operation('i32x4.mul', get(sum), get(coarse)), get(offset))
      if (fine !== undefined && fineShift !== undefined) {
        const product = operation('i32x4.mul', get(sum), get(fine))
        line = operation('i32x4.add', line, operation('i32x4.shr_s', product, constant(fineShift)))
      }
      if (jump !== undefined) {
        const negative = operation('i32x4.shr_s', get(sum), constant(31))
        line = operation('i32x4.sub', line, operation('v128.and', negative, get(jump)))
      }
      f.set(sum, operation(shift, line, constant(outputShift)))
    }
  }
}
