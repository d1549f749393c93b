import { unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { archiveMembers } from './archive.ts'
import { moveArchive } from './move-archive.ts'

const members = {
  'labels.txt': new TextEncoder().encode('cat\ndog\n'),
  'vocabulary.bin': new Uint8Array(3000).map((_, at) => (at * 7) % 251),
}

/** An archive that counts from its own start. */
const relative = (): Uint8Array => zipSync(members)

const zip64Base64 = [
  'UEsDBC0AAAAAAAAAIQAhkCLx//////////8KABQAbGFiZWxzLnR4dAEAEAAIAAAAAAAAAAgAAAAAAAAAY2F0CmRvZwpQSwEC',
  'LQMtAAAAAAAAACEAIZAi8f//////////CgAcAAAAAAAAAAAAgAH/////bGFiZWxzLnR4dAEAGAAIAAAAAAAAAAgAAAAAAAAA',
  'ZAAAAAAAAABQSwYGLAAAAAAAAAAtAC0AAAAAAAAAAAABAAAAAAAAAAEAAAAAAAAAVAAAAAAAAACoAAAAAAAAAFBLBgcAAAAA',
  '/AAAAAAAAAABAAAAUEsFBgAAAAABAAEAVAAAAKgAAAAAAA==',
].join('')

/** One of Python's zipfile with a single member, made with zip64 records and appended at byte 100 of a file. */
const zip64 = (): Uint8Array => Uint8Array.from(Buffer.from(zip64Base64, 'base64'))

/** What a file is like that has these bytes behind `position` others. */
function fileOf(position: number, archive: Uint8Array): Uint8Array {
  const file = new Uint8Array(position + archive.length)
  file.set(archive, position)
  return file
}

describe.each([
  ['an archive of 32-bit offsets', () => moveArchive(countedFrom(relative(), 100), 100)],
  ['zip64', zip64],
])('%s that counts from the start of its file', (_, makeArchive) => {
  const archive = makeArchive()
  const content = unzipSync(fileOf(100, archive))

  it.each([90, 101, 5_000])('is found again at byte %i', (position) => {
    const moved = moveArchive(archive, position)
    expect(Object.keys(content).length).toBeGreaterThan(0)
    expect(unzipSync(fileOf(position, moved))).toEqual(content)
    expect(moveArchive(moved, 100)).toEqual(archive)
  })

  it('stays as it is where it was, and is not altered in place', () => {
    const before = archive.slice()
    expect(moveArchive(archive, 100)).toBe(archive)
    moveArchive(archive, 4_000)
    expect(archive).toEqual(before)
  })

  it('refuses offsets that there is no room for', () => {
    const far = 2 ** 32
    if (makeArchive === zip64) {
      const back = moveArchive(moveArchive(archive, far), 100)
      expect(unzipSync(fileOf(100, back))).toEqual(content)
    } else expect(() => moveArchive(archive, far)).toThrow('expected offsets from 0 to 4294967294')
  })
})

describe('what is no archive that counts from the start of its file stays as it is', () => {
  it.each([
    ['an archive that counts from its own start', relative()],
    ['one with bytes before it', fileOf(7, relative())],
    ['bytes', Uint8Array.of(80, 75, 3, 4)],
    ['nothing', new Uint8Array()],
    ['an end record without a directory', countedFrom(relative(), 100).slice(-22)],
    ['a damaged directory', damaged(countedFrom(relative(), 100))],
  ])('%s', (_, bytes) => {
    expect(moveArchive(bytes, 500)).toBe(bytes)
  })
})

it('lists the members of an archive', () => {
  expect(archiveMembers({ trailing: relative() })).toEqual([
    { name: 'labels.txt', bytes: 8 },
    { name: 'vocabulary.bin', bytes: 3000 },
  ])
  expect(archiveMembers({ trailing: zip64() })).toEqual([{ name: 'labels.txt', bytes: 8 }])
  expect(archiveMembers({ trailing: Uint8Array.of(1) })).toEqual([])
  expect(archiveMembers({})).toEqual([])
})

/** Adds to every offset of an archive without zip64, as appending to a file of that size does. */
function countedFrom(archive: Uint8Array, start: number): Uint8Array {
  const copy = archive.slice()
  const view = new DataView(copy.buffer)
  for (let at = 0; at + 4 <= copy.length; at++) {
    const field = { 0x02014b50: 42, 0x06054b50: 16 }[view.getUint32(at, true)]
    if (field !== undefined) view.setUint32(at + field, view.getUint32(at + field, true) + start, true)
  }
  return copy
}

function damaged(archive: Uint8Array): Uint8Array {
  const view = new DataView(archive.buffer)
  const directory = view.getUint32(archive.length - 6, true) - 100
  view.setUint8(directory, 0)
  return archive
}
