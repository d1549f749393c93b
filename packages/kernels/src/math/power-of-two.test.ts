import { expect, it } from 'vitest'
import { powerOfTwo } from './power-of-two.ts'

it('powerOfTwo is exact over its whole range', () => {
  for (let exponent = -540; exponent <= 540; exponent++) expect(powerOfTwo(exponent)).toBe(2 ** exponent)
})
