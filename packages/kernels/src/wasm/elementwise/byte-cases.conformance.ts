import { integerLimits } from '@quantrx/core'
import type { Random } from '@quantrx/core'
import { broadcastRows } from '../../shared/broadcast.ts'
import type { ByteParameters, ByteType } from './bytes.ts'

/** Sums of every arithmetic and type. */
export const byteVariants = (['tflite', 'xnnpack'] as const).flatMap((arithmetic) =>
  (['int8', 'uint8'] as const).map((type) => ({ arithmetic, type })),
)

/** An array of a type, of zeros. */
export const bytesOfType = (type: ByteType, length: number): Int8Array | Uint8Array =>
  type === 'int8' ? new Int8Array(length) : new Uint8Array(length)

const pairsOf = (type: ByteType): readonly [Int8Array | Uint8Array, Int8Array | Uint8Array] => {
  const all = bytesOfType(type, 65536)
  return [all.map((_, at) => at >> 8), all.map((_, at) => at & 255)]
}
const pairs = { int8: pairsOf('int8'), uint8: pairsOf('uint8') }

/** Every value of a type with every other: 65,536 pairs. */
export const everyPair = (type: ByteType): ReturnType<typeof pairsOf> => pairs[type]

/** Scales, a zero point at either end of the type or anywhere, and sometimes a narrower range, on all pairs of values. */
export function randomParameters(
  random: Random,
  variant: (typeof byteVariants)[number],
  scales: readonly [a: number, b: number, output: number],
): ByteParameters {
  const { min, max } = integerLimits[variant.type]
  const zeroPoint = (): number => [min, max, min + random.integer(256)][random.integer(3)]!
  const [a, b, output] = scales.map((scale) => ({ scale: Math.fround(scale), zeroPoint: zeroPoint() }))
  const lowest = random.integer(3) === 0 ? output!.zeroPoint : min
  const highest = random.integer(3) === 0 ? Math.min(max, lowest + random.integer(200)) : max
  const rows = broadcastRows([65536], [65536])
  return { ...variant, a: a!, b: b!, output: output!, rows, range: { min: lowest, max: highest } }
}
