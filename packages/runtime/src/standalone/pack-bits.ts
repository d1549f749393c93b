/** Numbers in as many bits as they need: for each column its {@link columnBytes}, then the bits of one row after the other. */
export interface PackedBits {
  /** Numbers in a row. */
  readonly columns: number
  readonly bytes: Uint8Array
}

/** A column as it is stored: how many bits its numbers have, 1 to 32, in one byte, and what is to be added to them in four. */
interface Column {
  readonly width: number
  readonly centre: number
}

/** Bytes that describe a column. */
export const columnBytes = 5

/** Parameters repeat after some vectors of four, of which there are at most this many. */
const mostVectors = 9

/**
 * Packs int32 in rows of the length that needs the fewest bytes: what stands in the same column of all rows is of one kind, such
 * as biases, and of about the same size.
 *
 * @returns undefined where nothing is gained.
 *
 * @example
 * packBits(Int32Array.from({ length: 400 }, (_, at) => (at % 4) * 1000 + (at % 7)))?.bytes.length // 170
 */
export function packBits(values: Int32Array): PackedBits | undefined {
  let best: { readonly columns: readonly Column[]; readonly bytes: number } | undefined
  for (let count = 4; count <= mostVectors * 4; count += 4) {
    if (values.length % count !== 0) continue
    const columns = Array.from({ length: count }, (_, column) => columnOf(values, column, count))
    const bits = (values.length / count) * columns.reduce((sum, { width }) => sum + width, 0)
    const bytes = count * columnBytes + Math.ceil(bits / 8)
    if (bytes < (best?.bytes ?? values.byteLength)) best = { columns, bytes }
  }
  if (best === undefined) return undefined
  const bytes = new Uint8Array(best.bytes)
  writeColumns(bytes, best.columns)
  writeBits(bytes.subarray(best.columns.length * columnBytes), values, best.columns)
  return { columns: best.columns.length, bytes }
}

function columnOf(values: Int32Array, column: number, columns: number): Column {
  let [smallest, largest] = [Infinity, -Infinity]
  for (let at = column; at < values.length; at += columns) {
    smallest = Math.min(smallest, values[at]!)
    largest = Math.max(largest, values[at]!)
  }
  const width = Math.max(1, 32 - Math.clz32(largest - smallest))
  return { width, centre: smallest + 2 ** (width - 1) }
}

function writeColumns(bytes: Uint8Array, columns: readonly Column[]): void {
  const view = new DataView(bytes.buffer)
  columns.forEach(({ width, centre }, at) => {
    view.setUint8(at * columnBytes, width)
    view.setInt32(at * columnBytes + 1, centre, true)
  })
}

function writeBits(bytes: Uint8Array, values: Int32Array, columns: readonly Column[]): void {
  let bit = 0
  values.forEach((value, at) => {
    const { width, centre } = columns[at % columns.length]!
    const stored = value - centre
    for (let place = 0; place < width; place++, bit++)
      bytes[bit >> 3]! |= ((stored >> place) & 1) << (bit & 7)
  })
}
