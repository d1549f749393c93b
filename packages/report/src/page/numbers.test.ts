import { expect, it } from 'vitest'
import { bytes, decibels, leastShare, milliseconds, percent } from './numbers.ts'

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [90_272, '90.3 kB'],
  [1_882_904, '1.88 MB'],
  [3e12, '3000 GB'],
])('%d bytes are %s', (count, text) => expect(bytes(count)).toBe(text))

it.each([
  [0.915, '91.5 %'],
  [0, '0.0 %'],
  [0.0004, '0.040 %'],
  [leastShare, '0.001 %'],
  [0.000004, 'less than 0.001 %'],
])('a share of %d is %s', (share, text) => expect(percent(share)).toBe(text))

it.each([
  [25.54, '25.5 dB'],
  [Infinity, 'exact'],
  [-Infinity, 'no signal'],
])('a ratio of %d is %s', (ratio, text) => expect(decibels(ratio)).toBe(text))

it.each([
  [12.345, '12.3 ms'],
  [0.1, '0.1 ms'],
  [0.00449, '4.49 µs'],
])('%d milliseconds are %s', (time, text) => expect(milliseconds(time)).toBe(text))
