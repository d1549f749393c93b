import type { Measure } from '../document.ts'

/** 90272 as `90.3 kB`, in powers of a thousand. */
export function bytes(count: number): string {
  const power = Math.min(3, Math.floor(Math.log10(Math.max(count, 1)) / 3))
  return `${Number((count / 1000 ** power).toPrecision(3))} ${['bytes', 'kB', 'MB', 'GB'][power]}`
}

/** The smallest share that has a digit other than 0 in {@link percent}. */
export const leastShare = 0.000005

/** 0.915 as `91.5 %`; shares below a tenth of a per cent keep three decimals, and are no zero. */
export function percent(share: number): string {
  const size = Math.abs(share)
  if (size !== 0 && size < leastShare) return 'less than 0.001 %'
  return `${(share * 100).toFixed(size !== 0 && size < 0.001 ? 3 : 1)} %`
}

/** Decibels, or what an infinite ratio means. */
export const decibels = (ratio: number): string =>
  Number.isFinite(ratio) ? `${ratio.toFixed(1)} dB` : ratio > 0 ? 'exact' : 'no signal'

/** Milliseconds, or microseconds below a tenth of one, with three digits that say something. */
export const milliseconds = (time: number): string =>
  time < 0.1 ? `${Number((time * 1000).toPrecision(3))} µs` : `${Number(time.toPrecision(3))} ms`

/** A measure in its unit. */
export const measured = (value: number, unit: Measure['unit']): string =>
  unit === 'share' ? percent(value) : decibels(value)

/** A real number with four digits. */
export const real = (value: number): string => String(Number(value.toPrecision(4)))
