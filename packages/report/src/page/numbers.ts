import type { Measure } from '../document.ts'

/** 90272 as `90,272 bytes`. */
export const bytes = (count: number): string => `${count.toLocaleString('en-US')} bytes`

/** 0.915 as `91.5 %`; shares below a tenth of a per cent keep two digits. */
export const percent = (share: number): string =>
  `${(share * 100).toFixed(share !== 0 && Math.abs(share) < 0.001 ? 3 : 1)} %`

/** Decibels, or what an infinite ratio means. */
export const decibels = (ratio: number): string =>
  Number.isFinite(ratio) ? `${ratio.toFixed(1)} dB` : ratio > 0 ? 'exact' : 'no signal'

/** Milliseconds with three digits that say something. */
export const milliseconds = (time: number): string => `${Number(time.toPrecision(3))} ms`

/** A measure in its unit. */
export const measured = (value: number, unit: Measure['unit']): string =>
  unit === 'share' ? percent(value) : decibels(value)

/** A real number with four digits. */
export const real = (value: number): string => String(Number(value.toPrecision(4)))
