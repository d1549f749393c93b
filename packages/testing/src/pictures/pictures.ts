import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Gray pixels, row by row, and the class that they belong to. */
export interface Picture {
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
  readonly label: number
}

/** A picture as a PNG file, which loses nothing. */
export async function encodePng({ pixels, width, height }: Picture): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  const raw = { width, height, channels: 1 as const }
  return new Uint8Array(await sharp(pixels, { raw }).png().toBuffer())
}

/**
 * Writes pictures as PNG files into sub-folders of a folder, one for each class; gives their paths from there.
 *
 * @param classNames Names of the classes by their numbers; the numbers themselves without.
 */
export async function writePictures(
  folder: string,
  pictures: readonly Picture[],
  classNames?: readonly string[],
): Promise<readonly string[]> {
  const paths: string[] = []
  for (const [index, picture] of pictures.entries()) {
    const name = classNames?.[picture.label] ?? String(picture.label)
    mkdirSync(join(folder, name), { recursive: true })
    const path = `${name}/${index}.png`
    writeFileSync(join(folder, path), await encodePng(picture))
    paths.push(path)
  }
  return paths
}

/** Pictures as a Parquet file, as Hugging Face's datasets library writes images: a struct of `bytes` and `path`. */
export async function parquetOfPictures(pictures: readonly Picture[]): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const images = await Promise.all(
    pictures.map(async (picture, index) => ({ bytes: await encodePng(picture), path: `${index}.png` })),
  )
  const optional = { repetition_type: 'OPTIONAL' as const }
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'image', data: images },
        { name: 'label', data: pictures.map(({ label }) => BigInt(label)) },
      ],
      schema: [
        { name: 'root', num_children: 2 },
        { name: 'image', num_children: 2, ...optional },
        { name: 'bytes', type: 'BYTE_ARRAY', ...optional },
        { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', ...optional },
        { name: 'label', type: 'INT64', ...optional },
      ],
    }),
  )
}
