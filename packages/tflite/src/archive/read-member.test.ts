import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { moveArchive } from './move-archive.ts'
import { readMember } from './read-member.ts'

const text = new TextEncoder().encode('cat\ndog\n'.repeat(50))
const other = Uint8Array.of(1, 2, 3)
const archive = (level: 0 | 9): Uint8Array => zipSync({ 'other.bin': other, 'labels.txt': text }, { level })

/** Bytes behind others that belong to no archive, as where a model has a stray tail. */
function behind(count: number, bytes: Uint8Array): Uint8Array {
  const all = new Uint8Array(count + bytes.length)
  all.set(bytes, count)
  return all
}

describe.each([
  ['stored', 0],
  ['deflated', 9],
] as const)('a %s member', (_, level) => {
  const trailing = archive(level)

  it('is read wherever its offsets count from', async () => {
    for (const bytes of [trailing, behind(7, trailing), moveArchive(behind(9, trailing), 5_000)]) {
      expect(await readMember({ trailing: bytes }, 'labels.txt')).toEqual(text)
      expect(await readMember({ trailing: bytes }, 'other.bin')).toEqual(other)
    }
  })

  it('is undefined or of its size, whichever byte of the archive is damaged', async () => {
    for (let at = 0; at < trailing.length; at++) {
      const damaged = trailing.slice()
      damaged[at]! ^= 0xff
      const read = await readMember({ trailing: damaged }, 'labels.txt')
      if (read !== undefined) expect(read.length).toBe(text.length)
    }
  })
})

it('is undefined where there is none, or it is packed in another way', async () => {
  expect(await readMember({ trailing: archive(0) }, 'none.txt')).toBeUndefined()
  expect(await readMember({}, 'labels.txt')).toBeUndefined()
  expect(await readMember({ trailing: other }, 'labels.txt')).toBeUndefined()
  const unknown = archive(9)
  for (let at = 0; at + 12 < unknown.length; at++) {
    const isEntry = new DataView(unknown.buffer).getUint32(at, true) === 0x02014b50
    if (isEntry) unknown[at + 10] = 14
  }
  expect(await readMember({ trailing: unknown }, 'labels.txt')).toBeUndefined()
})
