/** The typed array that holds the elements of each data type; sub-byte, 16-bit float and complex types are held as stored. */
export interface ArrayOfDataType {
  readonly float32: Float32Array
  readonly float64: Float64Array
  /** IEEE 754 half precision, as raw 16-bit patterns. */
  readonly float16: Uint16Array
  readonly int8: Int8Array
  readonly uint8: Uint8Array
  readonly int16: Int16Array
  readonly uint16: Uint16Array
  readonly int32: Int32Array
  readonly uint32: Uint32Array
  readonly int64: BigInt64Array
  readonly uint64: BigUint64Array
  /** Real and imaginary part in float32, as raw 64-bit patterns: the real part is in the first four bytes. */
  readonly complex64: BigUint64Array
  /** One byte an element, 0 or 1. */
  readonly bool: Uint8Array
}

/** Name of an element type, in the lower-case spelling used everywhere outside the file format. */
export type DataType = keyof ArrayOfDataType

/** The typed array of one data type, or of any. */
export type TensorData<Type extends DataType = DataType> = ArrayOfDataType[Type]

const constructors = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  complex64: BigUint64Array,
  bool: Uint8Array,
} as const

/** All data types a tensor can have in memory. */
export const dataTypes = Object.keys(constructors) as readonly DataType[]

/** Bytes that one element of `type` takes in memory. */
export function bytesPerElement(type: DataType): number {
  return constructors[type].BYTES_PER_ELEMENT
}

/**
 * A zeroed array for `length` elements of `type`.
 *
 * @example
 * allocate('int8', 4) // Int8Array [0, 0, 0, 0]
 */
export function allocate<Type extends DataType>(type: Type, length: number): TensorData<Type> {
  return new constructors[type](length) as TensorData<Type>
}

/**
 * Typed view on `bytes`: the same memory where its address allows it, a copy where it is not aligned to the element.
 * Trailing bytes that do not fill an element are not part of the view.
 */
export function viewBytes<Type extends DataType>(type: Type, bytes: Uint8Array): TensorData<Type> {
  const size = bytesPerElement(type)
  const length = Math.floor(bytes.byteLength / size)
  const aligned = bytes.byteOffset % size === 0
  const source = aligned ? bytes : bytes.slice()
  const View = constructors[type]
  return new View(source.buffer as ArrayBuffer, source.byteOffset, length) as TensorData<Type>
}
