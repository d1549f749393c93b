import { DataError, StageError } from '@quantrx/core'
import { expect, it } from 'vitest'
import { failureOf } from './failure.ts'

it('shows the parts of the error that started it', () => {
  const details = { subject: 'row 3', found: 'label -1', expected: 'a class index' }
  const cause = new DataError({ ...details, stage: 'data', nextStep: 'Repair it' })
  const outer = new StageError({
    stage: 'infer',
    subject: 'sample 3',
    found: cause.message,
    expected: '',
    cause,
  })
  expect(failureOf(outer)).toEqual({ ...details, nextStep: 'Repair it' })
})

it('does not blame the reader for errors that nobody expected', () => {
  expect(failureOf(new TypeError('x is undefined'))).toMatchObject({
    found: 'x is undefined',
    nextStep: 'Please report it as a bug',
  })
})
