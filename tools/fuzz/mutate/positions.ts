import { tables, unions } from '@quantrx/tflite'
import { elementType, fieldTypes } from './tables-of.ts'

/** A number of a FlatBuffer that decides where reading goes, and how many bytes it has. */
export interface Position {
  readonly at: number
  readonly bytes: 1 | 2 | 4
  readonly what: 'offset' | 'length' | 'vtable' | 'slot' | 'tag' | 'scalar'
}

interface Walk {
  readonly view: DataView
  readonly seen: Set<number>
  readonly positions: Position[]
}

/** Every offset, vtable, slot, vector length, union tag and first byte of a scalar of a sound `.tflite` file. */
export function positionsOf(bytes: Uint8Array): readonly Position[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const walk: Walk = { view, seen: new Set(), positions: [{ at: 0, bytes: 4, what: 'offset' }] }
  walkTable(walk, 'Model', view.getUint32(0, true))
  return walk.positions
}

function walkTable(walk: Walk, table: string, at: number): void {
  const { view, seen, positions } = walk
  if (seen.has(at)) return
  seen.add(at)
  const vtable = at - view.getInt32(at, true)
  const vtableBytes = view.getUint16(vtable, true)
  positions.push({ at, bytes: 4, what: 'vtable' })
  positions.push({ at: vtable, bytes: 2, what: 'vtable' }, { at: vtable + 2, bytes: 2, what: 'vtable' })
  const stored = (slot: number): number => {
    const position = vtable + 4 + 2 * slot
    if (position + 2 > vtable + vtableBytes) return 0
    positions.push({ at: position, bytes: 2, what: 'slot' })
    const offset = view.getUint16(position, true)
    return offset === 0 ? 0 : at + offset
  }
  for (const { id, type } of Object.values(fieldTypes(table)) as { id: number; type: string }[]) {
    const position = stored(id)
    if (position !== 0) walkField(walk, type, position)
    if (Object.hasOwn(unions, type)) walkUnion(walk, type, stored(id - 1), position)
  }
}

function walkField(walk: Walk, type: string, at: number): void {
  const { view, positions } = walk
  const isTable = Object.hasOwn(tables, type)
  if (Object.hasOwn(unions, type)) return
  if (!isTable && type !== 'string' && !type.startsWith('[')) {
    positions.push({ at, bytes: 1, what: 'scalar' })
    return
  }
  positions.push({ at, bytes: 4, what: 'offset' })
  const target = at + view.getUint32(at, true)
  if (isTable) walkTable(walk, type, target)
  else walkVector(walk, elementType(type), target)
}

function walkVector(walk: Walk, element: string, at: number): void {
  const { view, positions } = walk
  positions.push({ at, bytes: 4, what: 'length' })
  if (!Object.hasOwn(tables, element)) return
  const length = view.getUint32(at, true)
  for (let index = 0; index < length; index++) walkField(walk, element, at + 4 + 4 * index)
}

function walkUnion(walk: Walk, union: string, tagAt: number, valueAt: number): void {
  if (tagAt === 0 || valueAt === 0) return
  const { view, positions } = walk
  positions.push({ at: tagAt, bytes: 1, what: 'tag' }, { at: valueAt, bytes: 4, what: 'offset' })
  const tag = view.getUint8(tagAt)
  const members = (unions as Readonly<Record<string, Readonly<Record<string, number>>>>)[union] ?? {}
  const member = Object.keys(members).find((name) => members[name] === tag)
  if (member !== undefined) walkTable(walk, member, valueAt + view.getUint32(valueAt, true))
}
