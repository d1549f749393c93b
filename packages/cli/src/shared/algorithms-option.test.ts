import { expect, it } from 'vitest'
import { chosenAlgorithms } from './algorithms-option.ts'

it.each([
  [{ biasCorrection: true }, ['bias-correction']],
  [{ biasCorrection: false }, []],
  [{ algorithm: 'bias-correction', biasCorrection: true }, ['bias-correction']],
  [{ algorithm: 'gptq, equalize', biasCorrection: true }, ['equalize', 'gptq', 'bias-correction']],
  [{ algorithm: 'gptq', biasCorrection: false }, ['gptq']],
])('%j chooses %j', (options, expected) => {
  expect(chosenAlgorithms(options)).toEqual(expected)
})

it('refuses what it does not know, and contradictions', () => {
  expect(() => chosenAlgorithms({ algorithm: 'magic', biasCorrection: true })).toThrow(
    '"--algorithm": got magic, expected some of equalize, gptq, bias-correction',
  )
  expect(() => chosenAlgorithms({ algorithm: 'bias-correction', biasCorrection: false })).toThrow(
    'got bias-correction and --no-bias-correction, expected one of them',
  )
})
