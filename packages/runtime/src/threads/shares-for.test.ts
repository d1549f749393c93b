import { expect, it } from 'vitest'
import { sharesFor } from './shares-for.ts'

type Context = Parameters<typeof sharesFor>[0]

/** An operator on that many bytes of activations, of which one thread gets through 4,000 in a microsecond. */
const ofBytes = (bytes: number): Context => {
  const tensor = { type: 'int8', shape: [1, bytes / 2], constant: false } as never
  return { kind: 'RELU', inputs: [tensor], outputs: [tensor] }
}

it('leaves an operator whole that is done at once', () => {
  expect(sharesFor(ofBytes(19_998), 2)).toEqual([])
})

it('gives each thread one share of a short operator', () => {
  const shares = [
    { index: 0, count: 2 },
    { index: 1, count: 2 },
  ]
  expect(sharesFor(ofBytes(20_000), 2)).toEqual(shares)
  expect(sharesFor(ofBytes(159_998), 2)).toEqual(shares)
})

it('gives each thread a large share of a long one, then each a small one, which follows it', () => {
  expect(sharesFor(ofBytes(160_000), 2)).toEqual([
    { index: 0, count: 8, parts: 3 },
    { index: 4, count: 8, parts: 3 },
    { index: 3, count: 8 },
    { index: 7, count: 8 },
  ])
})

it('makes no more shares than a stage can have', () => {
  expect(sharesFor(ofBytes(8_000_000), 8)).toHaveLength(16)
  expect(sharesFor(ofBytes(8_000_000), 9)).toHaveLength(9)
})
