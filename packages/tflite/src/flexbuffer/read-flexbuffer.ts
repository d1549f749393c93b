import { ModelFormatError } from '@quantrx/core'
import { float, integer, unsigned } from './scalars.ts'

/** A value of a FlexBuffer; integers that no number holds exactly are bigint. */
export type FlexValue =
  null | boolean | number | bigint | string | Uint8Array | readonly FlexValue[] | FlexMap

/** Values by their names. */
export type FlexMap = { readonly [Key in string]: FlexValue }

/** Deepest nesting that is followed: hostile bytes may point at themselves. */
const deepest = 32
/** Most values that are read: hostile bytes may name one vector very often. */
const mostValues = 2 ** 20

/** Where a value stands. `width`: bytes of the field; `childWidth`: bytes of the fields that it points to. */
interface Reference {
  readonly at: number
  readonly width: number
  readonly childWidth: number
  readonly type: number
}

/**
 * Reads a FlexBuffer, the self-describing format in which custom operators keep their options. Follows the description at
 * https://flatbuffers.dev/internals/#flexbuffers.
 *
 * @throws ModelFormatError for bytes that are none.
 *
 * @example
 * readFlexBuffer(operator.customOptions) // { max_detections: 10, nms_iou_threshold: 0.6 }
 */
export function readFlexBuffer(bytes: Uint8Array): FlexValue {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const width = view.getUint8(bytes.length - 1)
    const packed = view.getUint8(bytes.length - 2)
    return reader(bytes, view)({ at: bytes.length - 2 - width, width, ...unpacked(packed) }, 0)
  } catch (cause) {
    throw new ModelFormatError({
      stage: 'model',
      subject: 'FlexBuffer',
      found: `${bytes.length} bytes that are none`,
      expected: 'a FlexBuffer',
      cause,
    })
  }
}

function unpacked(packed: number): Pick<Reference, 'type' | 'childWidth'> {
  return { type: packed >> 2, childWidth: 1 << (packed & 3) }
}

/** Reads the value at a place. */
type Read = (reference: Reference, depth: number) => FlexValue

function reader(bytes: Uint8Array, view: DataView): Read {
  let values = 0
  const { key, sized, tuple, vector, map } = collections(bytes, view, (reference, depth) =>
    read(reference, depth),
  )
  return read

  function read(reference: Reference, depth: number): FlexValue {
    if (depth > deepest || ++values > mostValues) throw new RangeError('nested too deeply')
    const { at, width, childWidth, type } = reference
    if (type === 0) return null
    if (type === 1 || type === 2) return integer(view, at, width, type === 1)
    if (type === 3) return float(view, at, width)
    if (type === 26) return unsigned(view, at, width) !== 0
    const to = target(view, reference)
    if (type === 4) return key(to)
    if (type === 5) return new TextDecoder().decode(sized(to, childWidth))
    if (type === 6 || type === 7) return integer(view, to, childWidth, type === 6)
    if (type === 8) return float(view, to, childWidth)
    if (type === 9) return map(to, childWidth, depth)
    if (type === 10) return vector(to, childWidth, undefined, depth)
    if (type === 25) return sized(to, childWidth)
    // Vectors of one type follow the scalars in their order; those of two, three and four elements have no size.
    if (type >= 11 && type <= 15) return vector(to, childWidth, type - 10, depth)
    if (type === 36) return vector(to, childWidth, 26, depth)
    if (type >= 16 && type <= 24)
      return tuple(to, childWidth, ((type - 16) % 3) + 1, 2 + Math.floor((type - 16) / 3), depth)
    throw new RangeError(`type ${type}`)
  }
}

/** What values of several elements consist of; `read` reads the elements. */
function collections(bytes: Uint8Array, view: DataView, read: Read) {
  return { key, sized, tuple, vector, map }

  function key(at: number): string {
    const end = bytes.indexOf(0, at)
    if (at < 0 || end === -1) throw new RangeError('key without an end')
    return new TextDecoder().decode(bytes.subarray(at, end))
  }

  function sizeOf(at: number, width: number): number {
    const size = unsigned(view, at - width, width)
    if (size > bytes.length) throw new RangeError('size')
    return size
  }

  function sized(at: number, width: number): Uint8Array {
    return bytes.subarray(at, at + sizeOf(at, width))
  }

  function tuple(at: number, width: number, type: number, size: number, depth: number): readonly FlexValue[] {
    return Array.from({ length: size }, (_, index) =>
      read({ at: at + index * width, width, childWidth: 1, type }, depth + 1),
    )
  }

  function vector(at: number, width: number, type: number | undefined, depth: number): readonly FlexValue[] {
    const size = sizeOf(at, width)
    if (type !== undefined) return tuple(at, width, type, size, depth)
    return Array.from({ length: size }, (_, index) => {
      const described = unpacked(view.getUint8(at + size * width + index))
      return read({ at: at + index * width, width, ...described }, depth + 1)
    })
  }

  function map(at: number, width: number, depth: number): FlexMap {
    const keysAt = target(view, { at: at - 3 * width, width })
    const keysWidth = unsigned(view, at - 2 * width, width)
    const keys = vector(keysAt, keysWidth, 4, depth)
    const contents = vector(at, width, undefined, depth)
    return Object.fromEntries(contents.map((value, index) => [String(keys[index]), value]))
  }
}

/** Where a field points to: so many bytes before itself. */
function target(view: DataView, { at, width }: Pick<Reference, 'at' | 'width'>): number {
  return at - unsigned(view, at, width)
}
