import type { Random } from '@quantrx/core'
import type { Position } from './positions.ts'
import { pick } from './values.ts'

/** A sound file, and where its structure stands. */
export interface MutableFile {
  readonly bytes: Uint8Array
  readonly positions: readonly Position[]
}

/**
 * The file with one to three numbers of its structure changed: offsets that point elsewhere, lengths that are too long,
 * vtables of other tables, other union members. One in eight is cut off, too.
 */
export function mutateBytes({ bytes, positions }: MutableFile, random: Random): Uint8Array {
  const copy = bytes.slice()
  const view = new DataView(copy.buffer)
  for (let changes = 1 + random.integer(3); changes > 0; changes--) change(view, positions, random)
  return random.integer(8) === 0 ? copy.subarray(0, random.integer(copy.length)) : copy
}

function change(view: DataView, positions: readonly Position[], random: Random): void {
  const position = pick(random, positions)
  if (random.integer(4) > 0) {
    store(view, position, otherNumber(load(view, position), view.byteLength, random))
    return
  }
  const alike = positions.filter(({ what, bytes }) => what === position.what && bytes === position.bytes)
  const other = pick(random, alike)
  const [a, b] = [load(view, position), load(view, other)]
  // Offsets count from where they stand: the same target, not the same number.
  const moved = position.what === 'offset' ? other.at + b - position.at : b
  store(view, position, moved)
  if (random.integer(2) === 0) store(view, other, position.what === 'offset' ? position.at + a - other.at : a)
}

function otherNumber(old: number, fileBytes: number, random: Random): number {
  const near = old + pick(random, [-16, -4, -2, -1, 1, 2, 4, 16])
  const far = random.integer(fileBytes)
  return pick(random, [near, near, far, 0, 1, 255, 65535, fileBytes, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1])
}

function load(view: DataView, { at, bytes }: Position): number {
  return bytes === 1 ? view.getUint8(at) : bytes === 2 ? view.getUint16(at, true) : view.getUint32(at, true)
}

function store(view: DataView, { at, bytes }: Position, value: number): void {
  if (bytes === 1) view.setUint8(at, value)
  else if (bytes === 2) view.setUint16(at, value, true)
  else view.setUint32(at, value, true)
}
