import { expect, it } from 'vitest'
import { chosenAlgorithms } from './algorithms-option.ts'

it.each([
  [{ biasCorrection: true }, ['bias-correction']],
  [{ biasCorrection: false }, []],
  [{ algorithm: 'bias-correction', biasCorrection: true }, ['bias-correction']],
  [{ algorithm: 'gptq, equalize', biasCorrection: true }, ['equalize', 'gptq', 'bias-correction']],
  [{ algorithm: 'gptq', biasCorrection: false }, ['gptq']],
  [{ algorithm: 'best', biasCorrection: true }, ['best']],
])('%j chooses %j', (options, expected) => {
  expect(chosenAlgorithms(options)).toEqual(expected)
})

it('refuses what it does not know, and contradictions', () => {
  expect(() => chosenAlgorithms({ algorithm: 'magic', biasCorrection: true })).toThrow(
    '"--algorithm": got magic, expected some of best, equalize, gptq, bias-correction',
  )
  expect(() => chosenAlgorithms({ algorithm: 'bias-correction', biasCorrection: false })).toThrow(
    'got bias-correction and --no-bias-correction, expected one of them',
  )
  expect(() => chosenAlgorithms({ algorithm: 'best,gptq', biasCorrection: true })).toThrow(
    'got best,gptq, expected best alone, or the others',
  )
  expect(() => chosenAlgorithms({ algorithm: 'best', biasCorrection: false })).toThrow(
    'got best and --no-bias-correction, expected best alone',
  )
})
