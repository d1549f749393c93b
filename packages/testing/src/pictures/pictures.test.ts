import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetReadObjects } from 'hyparquet'
import sharp from 'sharp'
import { afterAll, expect, it } from 'vitest'
import { parquetOfPictures, writePictures } from './pictures.ts'
import type { Picture } from './pictures.ts'

const folder = mkdtempSync(join(tmpdir(), 'quantrx-'))
afterAll(() => rmSync(folder, { recursive: true }))
const pixels = Uint8Array.of(0, 50, 100, 150, 200, 250)
const pictures: readonly Picture[] = [1, 0].map((label) => ({ pixels, width: 3, height: 2, label }))
const decoded = async (file: Uint8Array): Promise<readonly number[]> =>
  Array.from(await sharp(file).toColourspace('b-w').raw().toBuffer())

it('writes pictures into folders of their classes', async () => {
  expect(await writePictures(folder, pictures, ['cat', 'dog'])).toEqual(['dog/0.png', 'cat/1.png'])
  expect(await writePictures(folder, pictures)).toEqual(['1/0.png', '0/1.png'])
  expect(await decoded(readFileSync(join(folder, 'dog/0.png')))).toEqual(Array.from(pixels))
})

it('writes them into a column of structs', async () => {
  const file = (await parquetOfPictures(pictures)).buffer as ArrayBuffer
  const rows = await parquetReadObjects({ file, utf8: false })
  expect(rows.map(({ image, label }) => [image.path, label])).toEqual([
    ['0.png', 1n],
    ['1.png', 0n],
  ])
  expect(await decoded(rows[0]!['image'].bytes as Uint8Array)).toEqual(Array.from(pixels))
})
