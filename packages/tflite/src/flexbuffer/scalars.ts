/** An unsigned integer; those of 64 bits may lose their last digits. */
export function unsigned(view: DataView, at: number, width: number): number {
  if (width === 1) return view.getUint8(at)
  if (width === 2) return view.getUint16(at, true)
  if (width === 4) return view.getUint32(at, true)
  return Number(view.getBigUint64(at, true))
}

/** An integer, as a bigint where no number holds it. */
export function integer(view: DataView, at: number, width: number, signed: boolean): number | bigint {
  if (!signed && width < 8) return unsigned(view, at, width)
  if (width === 1) return view.getInt8(at)
  if (width === 2) return view.getInt16(at, true)
  if (width === 4) return view.getInt32(at, true)
  const wide = signed ? view.getBigInt64(at, true) : view.getBigUint64(at, true)
  return Number.isSafeInteger(Number(wide)) ? Number(wide) : wide
}

/** A real number of 32 or 64 bits. */
export function float(view: DataView, at: number, width: number): number {
  return width === 8 ? view.getFloat64(at, true) : view.getFloat32(at, true)
}
