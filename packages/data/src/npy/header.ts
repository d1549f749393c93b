import { bytesPerElement, elementCount } from '@quantrx/core'
import type { DataType, Shape } from '@quantrx/core'
import { dataError } from '../data-error.ts'

/** What a `.npy` file says about its array. */
export interface NpyHeader {
  readonly type: DataType
  readonly shape: Shape
  /** Position of the first byte of the array. */
  readonly dataStart: number
}

const types: Readonly<Record<string, DataType>> = {
  '<f4': 'float32',
  '<f8': 'float64',
  '|i1': 'int8',
  '|u1': 'uint8',
  '|b1': 'bool',
  '<i2': 'int16',
  '<u2': 'uint16',
  '<i4': 'int32',
  '<u4': 'uint32',
  '<i8': 'int64',
  '<u8': 'uint64',
  '<c8': 'complex64',
}

const magic = '\x93NUMPY'

/** Longer headers belong to no array of numbers; reading them in one piece would cost memory for nothing. */
const longestHeader = 1 << 20

/** Bytes that are surely enough to learn how long the header is. */
export const npyPrefixLength = 12

/**
 * Where the data of a `.npy` file starts, from its first bytes. Follows NumPy's format description, versions 1 to 3.
 *
 * @throws DataError when it is no `.npy` file.
 */
export function npyDataStart(name: string, prefix: Uint8Array): number {
  const beginning = String.fromCharCode(...prefix.subarray(0, magic.length))
  if (prefix.length < npyPrefixLength || beginning !== magic) {
    throw dataError(
      name,
      `${prefix.length} bytes that are no .npy header`,
      'a .npy file',
      'Save the array with numpy.save',
    )
  }
  const version = prefix[6]!
  const view = new DataView(prefix.buffer, prefix.byteOffset, prefix.byteLength)
  if (version !== 1 && version !== 2 && version !== 3) {
    throw dataError(name, `.npy format version ${version}`, 'version 1, 2 or 3')
  }
  const start = version === 1 ? 10 + view.getUint16(8, true) : 12 + view.getUint32(8, true)
  if (start <= longestHeader) return start
  throw dataError(name, `a header of ${start} bytes`, `at most ${longestHeader}`, 'The file is damaged')
}

/**
 * Reads the header of a `.npy` file.
 *
 * @param bytes At least the bytes up to the data.
 * @throws DataError for a damaged header, an unsupported element type, or Fortran order.
 */
export function npyHeader(name: string, bytes: Uint8Array): NpyHeader {
  const dataStart = npyDataStart(name, bytes)
  if (bytes.length < dataStart) {
    throw dataError(
      name,
      `${bytes.length} bytes`,
      `a header of ${dataStart} bytes`,
      'The file is cut short; get it again',
    )
  }
  const text = new TextDecoder().decode(bytes.subarray(bytes[6] === 1 ? 10 : 12, dataStart))
  const descriptor = /'descr':\s*'([^']*)'/.exec(text)?.[1]
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1]
  const sizes = /'shape':\s*\(([\d,\s]*)\)/.exec(text)?.[1]
  if (descriptor === undefined || order === undefined || sizes === undefined) {
    throw dataError(name, `the header ${JSON.stringify(text.trim())}`, 'a type, an order and a shape')
  }
  if (order === 'True') {
    throw dataError(name, 'Fortran order', 'C order', 'Save numpy.ascontiguousarray(array)')
  }
  const type = types[descriptor]
  if (type === undefined) {
    const expected = `one of ${Object.keys(types).join(', ')}`
    throw dataError(name, `element type ${descriptor}`, expected, 'Convert the array with array.astype')
  }
  return {
    type,
    shape: sizes
      .split(',')
      .filter((size) => size.trim() !== '')
      .map(Number),
    dataStart,
  }
}

/** Bytes of one row: an element of the first dimension. */
export function npyRowBytes({ type, shape }: NpyHeader): number {
  return elementCount(shape.slice(1)) * bytesPerElement(type)
}

/**
 * Checks that a file is as long as its header says.
 *
 * @throws DataError for a file that is cut short, and for a scalar, which has no rows.
 */
export function checkNpyLength(name: string, header: NpyHeader, fileBytes: number): void {
  const [rows] = header.shape
  if (rows === undefined) throw dataError(name, 'a scalar', 'an array whose first dimension counts samples')
  const expected = header.dataStart + rows * npyRowBytes(header)
  if (fileBytes >= expected) return
  throw dataError(
    name,
    `${fileBytes} bytes`,
    `${expected} for ${header.type} [${header.shape.join(', ')}]`,
    'The file is cut short; get it again',
  )
}
