import { decodeText } from '../codec/utf8.ts'

/** A table of a FlatBuffer of which only a few fields matter. Whatever points outside of the bytes throws a RangeError. */
export interface FlatTable {
  table(field: number): FlatTable | undefined
  tables(field: number): readonly FlatTable[]
  /** An unsigned byte, 0 where it is left out. */
  byte(field: number): number
  floats(field: number): readonly number[]
  /** Empty where it is left out. */
  text(field: number): string
}

/** The root table of a FlatBuffer; follows the FlatBuffers internals, "Tables" and "Vectors". */
export function rootTable(bytes: Uint8Array): FlatTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return tableAt(view, view.getUint32(0, true))
}

function tableAt(view: DataView, at: number): FlatTable {
  const vtable = at - view.getInt32(at, true)
  const vtableBytes = view.getUint16(vtable, true)
  /** Position of a field; undefined where it is left out. */
  const position = (field: number): number | undefined => {
    const entry = 4 + 2 * field
    const offset = entry + 2 <= vtableBytes ? view.getUint16(vtable + entry, true) : 0
    return offset === 0 ? undefined : at + offset
  }
  const target = (from: number): number => from + view.getUint32(from, true)
  const elements = (field: number): readonly number[] => {
    const from = position(field)
    if (from === undefined) return []
    const vector = target(from)
    const count = view.getUint32(vector, true)
    if (vector + 4 + 4 * count > view.byteLength) throw new RangeError('a vector ends behind the bytes')
    return Array.from({ length: count }, (_, index) => vector + 4 + 4 * index)
  }
  return {
    table(field) {
      const from = position(field)
      return from === undefined ? undefined : tableAt(view, target(from))
    },
    tables: (field) => elements(field).map((from) => tableAt(view, target(from))),
    byte(field) {
      const from = position(field)
      return from === undefined ? 0 : view.getUint8(from)
    },
    text(field) {
      const from = position(field)
      if (from === undefined) return ''
      const [start, count] = [target(from) + 4, view.getUint32(target(from), true)]
      if (start + count > view.byteLength) throw new RangeError('a text ends behind the bytes')
      return decodeText(new Uint8Array(view.buffer, view.byteOffset + start, count))
    },
    floats: (field) => elements(field).map((from) => view.getFloat32(from, true)),
  }
}
