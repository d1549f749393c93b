/** Arrays of the element types that the fixtures use. */
export type FixtureArray =
  Float32Array | Int8Array | Uint8Array | Int16Array | Int32Array | BigInt64Array | Float64Array

/** An array of a fixture, with its shape. */
export interface FixtureTensor {
  readonly shape: readonly number[]
  readonly data: FixtureArray
}

const arrays = {
  '<f4': Float32Array,
  '<f8': Float64Array,
  '|i1': Int8Array,
  '|u1': Uint8Array,
  '|b1': Uint8Array,
  '<i2': Int16Array,
  '<i4': Int32Array,
  '<i8': BigInt64Array,
} as const

/** Reads a fixture in NumPy's format 1.0, C order; deliberately not the reader under test. */
export function readNpy(bytes: Uint8Array): FixtureTensor {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const headerEnd = 10 + view.getUint16(8, true)
  const header = new TextDecoder().decode(bytes.subarray(10, headerEnd))
  const descriptor = /'descr': '([^']+)'/.exec(header)?.[1] ?? ''
  const shape = (/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .filter((size) => size.trim() !== '')
  const Type = arrays[descriptor as keyof typeof arrays]
  return { shape: shape.map(Number), data: new Type(bytes.slice(headerEnd).buffer) }
}
