import { expect, it } from 'vitest'
import { fixedPointLog } from './fixed-point-log.ts'

it('is within 2^-24 of the natural logarithm over its whole range', () => {
  for (let step = 0; step < 400; step++) {
    const real = Math.min(2 ** (step / 34), 4095)
    const value = Math.round(real * 2 ** 19)
    const found = fixedPointLog(value, 12, 5) / 2 ** 26
    expect(Math.abs(found - Math.log(value / 2 ** 19))).toBeLessThan(2 ** -24)
  }
})

it('has an example that is right', () => {
  expect(fixedPointLog(2 ** 20, 12, 5)).toBe(46516320)
})
