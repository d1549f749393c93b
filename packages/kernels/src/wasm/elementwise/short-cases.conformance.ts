import type { Random } from '@quantrx/core'
import type { BroadcastRows } from '../../shared/broadcast.ts'
import { broadcastRows } from '../../shared/broadcast.ts'
import type { ShortParameters } from './sum-of-shorts.ts'

const special = [0, 1, -1, 2, -2, 32767, -32768, 32766, -32767, 16384, -16384, 255, -256]

/** Integers anywhere in int16, small ones, and its ends. */
export function randomShorts(random: Random, length: number): Int16Array {
  const draw = (): number =>
    [special[random.integer(special.length)]!, random.integer(65536) - 32768, random.integer(600) - 300][
      random.integer(3)
    ]!
  return Int16Array.from({ length }, draw)
}

/** Shapes of all kinds of broadcasting, with rows that fill no vector. */
export const shortRows: readonly BroadcastRows[] = [
  ...Array.from({ length: 70 }, (_, at) => broadcastRows([at + 1], [at + 1])),
  ...[1, 3, 7, 8, 16, 33].flatMap((channels) => [
    broadcastRows([3, 5, channels], [channels]),
    broadcastRows([channels], [3, 5, channels]),
    broadcastRows([2, channels, 3], [2, 1, 3]),
    broadcastRows([channels, 7], []),
    broadcastRows([1], [channels]),
  ]),
]

/** Scales, a zero point of the output anywhere, and sometimes a narrower range. */
export function randomShortParameters(
  random: Random,
  rows: BroadcastRows,
  scales: readonly [a: number, b: number, output: number],
): ShortParameters {
  const [a, b, output] = scales.map((scale) => ({ scale: Math.fround(scale), zeroPoint: 0 }))
  const zeroPoint = [0, 0, 32767, -32768, random.integer(2000) - 1000][random.integer(5)]!
  const min = random.integer(3) === 0 ? -random.integer(20000) : -32768
  const max = random.integer(3) === 0 ? random.integer(20000) : 32767
  const arithmetic = random.integer(2) === 0 ? 'tflite' : 'xnnpack'
  return { arithmetic, a: a!, b: b!, output: { ...output!, zeroPoint }, rows, range: { min, max } }
}
