import type { Tensor } from '@quantrx/core'

const descriptors: Readonly<Partial<Record<Tensor['type'], string>>> = {
  float32: '<f4',
  float64: '<f8',
  int8: '|i1',
  uint8: '|u1',
  bool: '|b1',
  int16: '<i2',
  uint16: '<u2',
  int32: '<i4',
  uint32: '<u4',
  int64: '<i8',
  uint64: '<u8',
  complex64: '<c8',
  float16: '<f2',
}

/** NumPy wants the data to start at a multiple of this. */
const alignment = 64

/**
 * A tensor as a `.npy` file, format version 1.0, C order.
 *
 * @example
 * await writeFile('x.npy', encodeNpy({ type: 'float32', shape: [2], data: Float32Array.of(1, 2) }))
 */
export function encodeNpy({ type, shape, data }: Tensor): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const facts = `{'descr': '${descriptors[type]}', 'fortran_order': False, 'shape': (${sizes}), }`
  const length = Math.ceil((10 + facts.length + 1) / alignment) * alignment
  const text = `\x93NUMPY\x01\x00  ${facts.padEnd(length - 11)}\n`
  const bytes = new Uint8Array(length + data.byteLength)
  for (let at = 0; at < length; at++) bytes[at] = text.charCodeAt(at)
  new DataView(bytes.buffer).setUint16(8, length - 10, true)
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), length)
  return bytes
}
