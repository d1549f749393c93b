import sharp from 'sharp'
import type { Sharp } from 'sharp'
import { describe, expect, it } from 'vitest'
import { sharpDecoder } from './sharp-decoder.ts'

const decode = async (
  file: Buffer,
  channels: 1 | 3 = 3,
  width = 4,
  height = 2,
): Promise<readonly number[]> => {
  const decoder = await sharpDecoder('image')
  const pixels = await decoder(file, { width, height, channels, fit: 'stretch', cropFraction: 1 })
  // Scaling blends neighbours, so what counts is whether a value is nearer to 0 or to 255.
  return Array.from(pixels, (value) => (value < 128 ? 0 : 255))
}

/** Upper half white, lower half black. */
const halves = (width = 8, height = 8): Sharp => {
  const upper = Buffer.alloc((width * height * 3) / 2, 255)
  const pixels = Buffer.concat([upper, Buffer.alloc(upper.length)])
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}
const white = [255, 255, 255]
const black = [0, 0, 0]
const row = (pixel: readonly number[]): number[] => Array.from({ length: 4 }, () => pixel).flat()

describe('images of every kind become 8-bit colors', () => {
  it.each([
    ['gray', () => halves().greyscale().png()],
    ['16-bit', () => halves().toColourspace('rgb16').png()],
    ['16-bit gray', () => halves().toColourspace('grey16').png()],
    ['CMYK', () => halves().toColourspace('cmyk').jpeg({ quality: 100 })],
    ['of a palette', () => halves().png({ palette: true })],
    ['lossless WebP', () => halves().webp({ lossless: true })],
    ['opaque with an alpha channel', () => halves().ensureAlpha(1).png()],
  ])('%s', async (_, make) => {
    expect(await decode(await make().toBuffer())).toEqual([...row(white), ...row(black)])
  })
})

it('what is transparent is black, as in browsers', async () => {
  const clear = { r: 255, g: 255, b: 255, alpha: 0 }
  const file = await sharp({ create: { width: 4, height: 4, channels: 4, background: clear } })
    .png()
    .toBuffer()
  expect(await decode(file)).toEqual([...row(black), ...row(black)])
  expect(await decode(file, 1)).toEqual(Array.from({ length: 8 }, () => 0))
})

it.each([
  [1, [...row(white), ...row(black)]],
  [3, [...row(black), ...row(white)]],
  [6, [...black, ...black, ...white, ...white, ...black, ...black, ...white, ...white]],
  [8, [...white, ...white, ...black, ...black, ...white, ...white, ...black, ...black]],
])('images are turned as their orientation %d says', async (orientation, expected) => {
  const file = await halves(16, 16).withMetadata({ orientation }).jpeg({ quality: 100 }).toBuffer()
  expect(await decode(file)).toEqual(expected)
})

it('of an animation, the first picture counts', async () => {
  const frames = await Promise.all(
    ['red', 'blue'].map((background) =>
      sharp({ create: { width: 8, height: 8, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  )
  const file = await sharp(frames, { join: { animated: true } })
    .webp({ lossless: true })
    .toBuffer()
  expect(await decode(file)).toEqual([...row([255, 0, 0]), ...row([255, 0, 0])])
})

it.each([
  ['cut short', async () => (await halves(64, 64).png().toBuffer()).subarray(0, 90)],
  ['empty', () => Promise.resolve(Buffer.alloc(0))],
  ['text', () => Promise.resolve(Buffer.from('hello'))],
])('a file that is %s is an error', async (_, make) => {
  await expect(decode(await make())).rejects.toThrow()
})
