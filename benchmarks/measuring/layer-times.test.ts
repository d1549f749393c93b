import type { Program, RuntimeTensor, TensorVisitor } from '@quantrx/runtime'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { layerTimes } from './layer-times.ts'

const tensor = {} as RuntimeTensor
let clock = 0

beforeEach(() => void vi.spyOn(performance, 'now').mockImplementation(() => clock))
afterEach(() => void vi.restoreAllMocks())

/** Two inputs, an operator with two outputs, one that writes nothing, and a slow one. */
const program = {
  inputs: [tensor, tensor],
  operators: [{ outputs: [tensor, tensor] }, { outputs: [] }, { outputs: [tensor] }],
  run: (_: unknown, visit: TensorVisitor) => {
    for (const milliseconds of [7, 0, 1, 0, 5]) {
      clock += milliseconds
      visit(tensor, 0)
    }
  },
} as unknown as Program

it('gives each operator the time up to its first output, and none to the inputs', () => {
  const times = layerTimes(program, [])
  times.run()
  expect(times.p10Ms()).toEqual([1, NaN, 5])
})

it('forgets the warm-up', () => {
  const times = layerTimes(program, [])
  times.run()
  times.warmed?.()
  expect(times.p10Ms()).toEqual([NaN, NaN, NaN])
})
