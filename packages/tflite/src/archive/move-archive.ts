import { ModelFormatError } from '@quantrx/core'
import { inZip64, locateDirectory, readField } from './locate-directory.ts'
import type { Field } from './locate-directory.ts'

/**
 * The bytes behind a model when they begin at `position` of a file. Where they are a zip archive whose offsets count from the start
 * of the file, as TensorFlow Lite Support writes it, its offsets move along; where they count from the start of the archive, they
 * hold as they are, and so does everything that is no archive: the same bytes are returned.
 *
 * How it counts shows in the archive itself: the directory's stated offset less its place in the bytes is where they began.
 *
 * @throws ModelFormatError when an offset would pass 4 GB in an archive that has no room for such.
 */
export function moveArchive(bytes: Uint8Array, position: number): Uint8Array {
  const directory = locateDirectory(bytes)
  if (directory === undefined) return bytes
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { entries, startFields, endRecordField, start } = directory
  const began = readField(view, startFields.at(-1)!) - start
  if (began <= 0 || began === position) return bytes
  const fields = [
    ...entries.map(({ offset }) => offset),
    ...startFields,
    ...(endRecordField === undefined ? [] : [endRecordField]),
  ]
  const moved = bytes.slice()
  const target = new DataView(moved.buffer)
  for (const field of fields) moveField(target, field, position - began)
  return moved
}

function moveField(view: DataView, field: Field, by: number): void {
  const old = readField(view, field)
  if (field.bytes === 4 && old === inZip64) return
  const value = old + by
  const tooLarge = field.bytes === 4 && value >= inZip64
  if (value < 0 || (tooLarge && field.repeated !== true)) throw outOfRange(value)
  if (field.bytes === 4) view.setUint32(field.at, tooLarge ? inZip64 : value, true)
  else view.setBigUint64(field.at, BigInt(value), true)
}

function outOfRange(value: number): ModelFormatError {
  return new ModelFormatError({
    stage: 'model',
    subject: 'trailing',
    found: `an archive with an offset that would become ${value}`,
    expected: 'offsets from 0 to 4294967294 in an archive without zip64',
    nextStep: 'Remove the archive, and add it again to the file that is written',
  })
}
