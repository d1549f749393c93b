import { expect, it } from 'vitest'
import { transformStored } from './transform-stored.ts'

const halved = {
  arithmetic: 'tflite',
  outputType: 'int8',
  input: { scale: 1, zeroPoint: 0 },
  output: { scale: 2, zeroPoint: 1 },
} as const

it('rounds halves away from zero before it adds the zero point', () => {
  const stored = transformStored({ ...halved, transform: (real) => real })
  expect([1, -1, 3, -3].map(stored)).toEqual([2, 0, 3, -1])
})

it('adds the zero point before it rounds halves to even in the xnnpack arithmetic', () => {
  const stored = transformStored({ ...halved, arithmetic: 'xnnpack', transform: (real) => real })
  expect([1, -1, 3, -3].map(stored)).toEqual([2, 0, 2, 0])
})

it('clamps what the output type cannot hold', () => {
  const stored = transformStored({ ...halved, transform: (real) => real * 1000 })
  expect([1, -1].map(stored)).toEqual([127, -128])
})
