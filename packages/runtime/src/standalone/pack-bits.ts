/** Numbers in as many bits as they need: the width of every column, then the bits of one row after the other. */
export interface PackedBits {
  /** Numbers in a row. The first bytes say how many bits, sign included, the numbers of each column have: 1 to 32. */
  readonly columns: number
  readonly bytes: Uint8Array
}

/** Parameters repeat after some vectors of four, of which there are at most this many. */
const mostVectors = 9

/**
 * Packs int32 in rows of the length that needs the fewest bytes: what stands in the same column of all rows is of one kind, such
 * as biases, and needs about the same number of bits.
 *
 * @returns undefined where nothing is gained.
 *
 * @example
 * packBits(Int32Array.of(1, 300, 2, 400, -1, 200, 0, 500))?.columns // 4
 */
export function packBits(values: Int32Array): PackedBits | undefined {
  let best: { readonly widths: readonly number[]; readonly bytes: number } | undefined
  for (let columns = 4; columns <= mostVectors * 4; columns += 4) {
    if (values.length % columns !== 0) continue
    const widths = columnWidths(values, columns)
    const rows = values.length / columns
    const bits = rows * widths.reduce((sum, width) => sum + width, 0)
    const bytes = columns + Math.ceil(bits / 8)
    if (bytes < (best?.bytes ?? values.byteLength)) best = { widths, bytes }
  }
  if (best === undefined) return undefined
  const bytes = new Uint8Array(best.bytes)
  const columns = best.widths.length
  bytes.set(best.widths)
  let bit = columns * 8
  values.forEach((value, at) => {
    const width = best.widths[at % columns]!
    for (let place = 0; place < width; place++, bit++) bytes[bit >> 3]! |= ((value >> place) & 1) << (bit & 7)
  })
  return { columns, bytes }
}

function columnWidths(values: Int32Array, columns: number): readonly number[] {
  const widths = Array.from({ length: columns }, () => 1)
  values.forEach((value, at) => {
    const column = at % columns
    widths[column] = Math.max(widths[column]!, 33 - Math.clz32(value < 0 ? ~value : value))
  })
  return widths
}
