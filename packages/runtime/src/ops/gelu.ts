import { geluFloat32, geluStored } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** GELU, exact or approximate. */
export const gelu = mapOperator('GELU', ['float32', 'int8', 'uint8'], ({ approximate }) => ({
  float32: geluFloat32({ approximate }),
  stored: (options) => geluStored({ ...options, approximate }),
}))
