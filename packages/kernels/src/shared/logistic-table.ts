import { logistic } from '../math/logistic.ts'

/** A step of the table is a 24th, and a stored number that is brought to it a 12288th. */
const unit = 3 * 4096

const entries = 256

/**
 * `logistic(index / 24)` in 65536ths, raised by half of what straight lines miss in the middle of a step; the last entry
 * stands for 1. These are the numbers of TensorFlow Lite's own table.
 */
function logisticTable(): Uint16Array {
  return Uint16Array.from({ length: entries }, (_, index) => {
    const value = (step: number): number => logistic(step / 24) * 65536
    const missed = value(index + 0.5) - (value(index) + value(index + 1)) / 2
    return index === entries - 1 ? 65535 : Math.round(value(index) + missed / 2)
  })
}

/** Made when it is first asked for: most models do without. */
let known: Uint16Array | undefined

/** The entries that lines are drawn between. */
export const knownTable = (): Uint16Array => (known ??= logisticTable())

/** Brings a stored int16 to 12288ths. */
export type ToTableUnits = (stored: number) => number

/** How stored int16 are brought to 12288ths: `floor((stored * factor + 2^(shift - 1)) / 2^shift)`, without the half for no shift. */
export interface TableUnits {
  readonly factor: number
  readonly shift: number
}

/**
 * How int16 numbers of a scale are brought to 12288ths: in fixed point with up to 15 bits, or exactly for scales of
 * 2^(shift - 12), where `shift` is at most `exactShifts`. Follows how TensorFlow Lite prepares LOGISTIC and TANH on int16.
 */
export function tableUnits(scale: number, exactShifts: number): TableUnits {
  for (let shift = 0; shift <= exactShifts; shift++) {
    if (scale === 2 ** (shift - 12)) return { factor: 3 << shift, shift: 0 }
  }
  let [multiplier, shift] = [scale * unit, 0]
  while (multiplier <= 32767 / 2 && shift <= 30) {
    multiplier *= 2
    shift++
  }
  return { factor: Math.trunc(multiplier), shift }
}

/** Brings a stored int16 to 12288ths, as {@link tableUnits} says. */
export function toTableUnits(scale: number, exactShifts: number): ToTableUnits {
  const { factor, shift } = tableUnits(scale, exactShifts)
  const half = shift > 0 ? 2 ** (shift - 1) : 0
  return (stored) => Math.floor((stored * factor + half) / 2 ** shift)
}

/**
 * `logistic(magnitude / 2^bits / 24)` in units of 2^-(16 + bits), by straight lines between the entries of the table;
 * undefined beyond its end.
 */
export function interpolatedLogistic(magnitude: number, bits: number): number | undefined {
  const table = knownTable()
  const index = magnitude >> bits
  if (index >= 255) return undefined
  const fraction = magnitude & ((1 << bits) - 1)
  return (table[index]! << bits) + fraction * (table[index + 1]! - table[index]!)
}
