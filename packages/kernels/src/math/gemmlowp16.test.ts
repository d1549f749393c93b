import { expect, it } from 'vitest'
import { logisticTable, tanhTable } from './gemmlowp16.ts'
import { logistic } from './logistic.ts'
import { tanh } from './tanh.ts'

/** The largest difference of a table's values, in Q0, from a function of its arguments. */
function largestError(values: Int16Array, fractionBits: number, of: (value: number) => number): number {
  let largest = 0
  for (let a = -32768; a < 32768; a += 7)
    largest = Math.max(largest, Math.abs(values[a + 32768]! / 32768 - of(a / 2 ** fractionBits)))
  return largest
}

it('is near the logistic function everywhere', () => {
  expect(largestError(logisticTable(), 12, logistic)).toBeLessThan(4e-4)
  expect(logisticTable()[32768]).toBe(16384)
})

it('is near the hyperbolic tangent everywhere, for any number of integer bits', () => {
  for (let bits = 0; bits <= 6; bits++)
    expect(largestError(tanhTable(bits), 15 - bits, tanh), `${bits} bits`).toBeLessThan(1e-3)
})

it('is odd', () => {
  const values = tanhTable(4)
  for (let a = 1; a < 32768; a++) if (values[32768 - a] !== -values[32768 + a]!) expect.fail(`at ${a}`)
})
