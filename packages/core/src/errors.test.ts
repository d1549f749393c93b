import { expect, it } from 'vitest'
import { DataError, ModelFormatError, QuantrxError, isQuantrxError } from './errors.ts'

it('says who, what was found, what was expected, and what to do', () => {
  const error = new DataError({
    stage: 'data',
    subject: 'x.npy',
    found: '3 bytes',
    expected: '4 bytes',
    nextStep: 'Get it again',
    cause: new Error('why'),
  })
  expect(error.message).toBe('[data] "x.npy": got 3 bytes, expected 4 bytes. Get it again')
  expect(error.cause).toEqual(new Error('why'))
  expect(error).toBeInstanceOf(QuantrxError)
})

it('is recognized by its brand and told apart by its name', () => {
  const error = new ModelFormatError({ stage: 'model', subject: 'x', found: 'a', expected: 'b' })
  expect(isQuantrxError(error)).toBe(true)
  expect(isQuantrxError({ '~quantrx/error': true, message: 'from another copy' })).toBe(true)
  expect(isQuantrxError(new Error('other'))).toBe(false)
  expect(isQuantrxError(null)).toBe(false)
  expect(error.name).toBe('ModelFormatError')
})
