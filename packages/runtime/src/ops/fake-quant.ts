import { UnsupportedError } from '@quantrx/core'
import { fakeQuant as fakeQuantize } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** FAKE_QUANT, which quantization-aware training leaves in float models. */
export const fakeQuant = mapOperator('FAKE_QUANT', ['float32'], ({ min, max, numBits, narrowRange }) => {
  if (!(numBits >= 2 && numBits <= 16 && min <= 0 && max >= 0)) {
    throw new UnsupportedError({
      stage: 'runtime',
      subject: 'FAKE_QUANT',
      found: `${numBits} bits for ${min} to ${max}`,
      expected: '2 to 16 bits for a range that contains 0',
    })
  }
  return { float32: fakeQuantize({ min, max, bits: numBits, narrowRange }) }
})
