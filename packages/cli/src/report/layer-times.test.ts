import { readFile } from 'node:fs/promises'
import { compile } from '@quantrx/runtime'
import { readModel } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { demoFiles } from '../shared/demo-files.ts'
import { clockTick } from './clock-tick.ts'
import { programTimes } from './layer-times.ts'

const program = await compile(readModel(await readFile(demoFiles.model)))
const inputs = [{ type: 'float32', shape: [1, 24, 24, 1], data: new Float32Array(576) }] as const

it('finds the tick of a clock', () => {
  let calls = 0
  expect(clockTick(() => Math.floor(calls++ / 7) * 0.1)).toBeCloseTo(0.1)
})

it('times every layer by a fine clock', () => {
  const { inference, layers } = programTimes(program, inputs, 0.0001)
  expect([...layers.keys()]).toContain('digit')
  expect(inference).toBeGreaterThan(0)
})

it('says nothing of layers, but of the whole, by a clock that is too coarse for them', () => {
  const { inference, layers } = programTimes(program, inputs, 0.1)
  expect(layers.size).toBe(0)
  expect(inference).toBeGreaterThan(0)
})
