import { expect, it } from 'vitest'
import { pictureUrl } from './picture-url.ts'

const bytesOf = (url: string): Buffer => Buffer.from(url.slice('data:image/bmp;base64,'.length), 'base64')

it('writes rows from bottom to top, blue first, filled to four bytes', () => {
  const bytes = bytesOf(
    pictureUrl({ width: 1, height: 2, channels: 3, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) }),
  )
  expect([...bytes.subarray(54)]).toEqual([6, 5, 4, 0, 3, 2, 1, 0])
  expect(bytes.readUInt32LE(2)).toBe(bytes.length)
})

it('shows gray as three equal colors', () => {
  const bytes = bytesOf(pictureUrl({ width: 2, height: 1, channels: 1, pixels: Uint8Array.of(7, 9) }))
  expect([...bytes.subarray(54)]).toEqual([7, 7, 7, 9, 9, 9, 0, 0])
})
