import { expect, it } from 'vitest'
import { didYouMean, nearest } from './nearest.ts'

it.each([
  ['quantise', 'quantize'],
  ['evaluaet', 'evaluate'],
  ['INSPECT', 'inspect'],
  ['rnu', 'run'],
  ['in8', 'int8'],
])('%s was meant to be %s', (word, meant) => {
  expect(nearest(word, ['run', 'inspect', 'evaluate', 'quantize', 'int8'])).toBe(meant)
})

it('says nothing where nothing is close', () => {
  expect(nearest('magic', ['minmax', 'mse'])).toBeUndefined()
  expect(didYouMean('magic', ['minmax', 'mse'])).toBeUndefined()
  expect(didYouMean('minmux', ['minmax', 'mse'])).toBe('Did you mean minmax?')
})
