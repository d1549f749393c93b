import { expect, it } from 'vitest'
import { bitsOf, packParameters } from './epilogue.ts'

it('lays out the parameters of four channels after four, with zeros where channels end', () => {
  const first = Int32Array.of(1, 2, 3, 4, 5)
  const second = bitsOf(Float32Array.of(1, -1, 0, 0, 2))
  const bits = [0x3f800000, -0x40800000, 0, 0]
  expect([...packParameters([first])]).toEqual([1, 2, 3, 4, 5, 0, 0, 0])
  expect([...packParameters([first, second])]).toEqual([
    ...[1, 2, 3, 4],
    ...bits,
    5,
    0,
    0,
    0,
    0x40000000,
    0,
    0,
    0,
  ])
})
