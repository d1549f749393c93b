/** A place in a text; lines and columns count from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** Where a text stops being JSON (RFC 8259); undefined where all of it is. Engines tell it each in another way, or not at all. */
export function jsonFault(text: string): Place | undefined {
  const cursor: Cursor = { text, at: 0 }
  const whole = readValue(cursor, 0) && skipSpace(cursor) === text.length
  return whole ? undefined : placeOf(text, cursor.at)
}

/** Line and column of a position in a text. */
export function placeOf(text: string, at: number): Place {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}

interface Cursor {
  readonly text: string
  at: number
}

const deepest = 200
const scalar =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** Reads one value; false where there is none, with the cursor at the fault. */
function readValue(cursor: Cursor, depth: number): boolean {
  skipSpace(cursor)
  if (depth > deepest) return false
  if (take(cursor, '{')) return readMembers(cursor, '}', () => readMember(cursor, depth))
  if (take(cursor, '[')) return readMembers(cursor, ']', () => readValue(cursor, depth + 1))
  return takeScalar(cursor)
}

function readMembers(cursor: Cursor, end: string, read: () => boolean): boolean {
  skipSpace(cursor)
  if (take(cursor, end)) return true
  for (;;) {
    if (!read()) return false
    skipSpace(cursor)
    if (take(cursor, end)) return true
    if (!take(cursor, ',')) return false
  }
}

function readMember(cursor: Cursor, depth: number): boolean {
  skipSpace(cursor)
  if (cursor.text[cursor.at] !== '"' || !takeScalar(cursor)) return false
  skipSpace(cursor)
  return take(cursor, ':') && readValue(cursor, depth + 1)
}

function skipSpace(cursor: Cursor): number {
  while (/^[ \t\n\r]$/.test(cursor.text[cursor.at] ?? '')) cursor.at++
  return cursor.at
}

function take(cursor: Cursor, character: string): boolean {
  if (cursor.text[cursor.at] !== character) return false
  cursor.at++
  return true
}

function takeScalar(cursor: Cursor): boolean {
  scalar.lastIndex = cursor.at
  const length = scalar.exec(cursor.text)?.[0].length ?? 0
  cursor.at += length
  return length > 0
}
