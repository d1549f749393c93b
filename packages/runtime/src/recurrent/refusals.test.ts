import { expect, it } from 'vitest'
import { svdf } from '../ops/svdf.ts'
import { lstm } from '../ops/lstm.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'

const real = (...shape: readonly number[]) => testTensor('float32', shape)

it('names a state that is not a variable', () => {
  const operands = [real(1, 3), real(4, 3), real(4, 2), undefined, real(1, 8)]
  const context = testContext('SVDF', operands, [real(1, 4)], { rank: 1 })
  expect(() => svdf.prepare(context)).toThrow('a state that is not a variable tensor')
})

it('names a state of the wrong size', () => {
  const state = { ...real(1, 7), variable: true }
  const operands = [real(1, 3), real(4, 3), real(4, 2), undefined, state]
  const context = testContext('SVDF', operands, [real(1, 4)], { rank: 1 })
  expect(() => svdf.prepare(context)).toThrow('expected 8 elements')
})

it('refuses the basic form of LSTM', () => {
  const context = testContext(
    'LSTM',
    Array.from({ length: 5 }, () => real(1, 2)),
    [real(1, 2)],
  )
  expect(() => lstm.prepare(context)).toThrow('the basic form with 5 inputs')
})
