import { encodeNpy, samples } from '@quantrx/data'
import { encodeArrow } from '@quantrx/data/arrow'
import { arrowFile } from '@quantrx/data/node'
import { minMax, observe } from '@quantrx/observers'
import { infer } from '@quantrx/runtime'
import { int8, quantize } from '@quantrx/schemes'
import { readModel, writeModel } from '@quantrx/tflite'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lastValueFrom, take, toArray } from 'rxjs'
import sharp from 'sharp'

const size = 24

/** Few: that examples run is the point, and some search for long. */
const count = 40

interface Pictures {
  readonly images: readonly Uint8Array[]
  readonly labels: readonly number[]
}

/**
 * What documents say that their readers have, made from the demo of the command line: `model.tflite`, `samples.arrow` and
 * `model.int8.tflite`, the model, its samples and what it becomes; `test.npy` and `test.csv`, samples and labels; `rows.npy`;
 * and `photos/`, a folder of pictures in sub-folders of their classes.
 *
 * @returns contents by name.
 */
export async function exampleFiles(demo: string): Promise<Readonly<Record<string, Uint8Array | string>>> {
  const model = await readFile(join(demo, 'demo.tflite'))
  const calibration = await pictures(join(demo, 'calibration.arrow'))
  const test = await pictures(join(demo, 'test.arrow'))
  return {
    'model.tflite': model,
    'model.int8.tflite': await integerModel(model, join(demo, 'calibration.arrow')),
    'samples.arrow': arrow(calibration),
    'test.npy': npy(test.images),
    'test.csv': `label\n${test.labels.join('\n')}\n`,
    'rows.npy': npy(test.images.slice(0, 4)),
    ...(await photos(test)),
  }
}

async function pictures(path: string): Promise<Pictures> {
  const read = await lastValueFrom(samples(arrowFile(path)).pipe(take(count), toArray()))
  return {
    images: read.map(({ inputs }) => Uint8Array.from(inputs[0]!.data as Uint8Array)),
    labels: read.map(({ label }) => label ?? 0),
  }
}

const joined = (images: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(images.flatMap((image) => [...image]))

const npy = (images: readonly Uint8Array[]): Uint8Array =>
  encodeNpy({ type: 'uint8', shape: [images.length, size, size, 1], data: joined(images) })

const arrow = ({ images, labels }: Pictures): Uint8Array =>
  encodeArrow({
    column: 'image',
    shape: [size, size],
    data: joined(images),
    labels: Int32Array.from(labels),
  })

async function photos({ images, labels }: Pictures): Promise<Readonly<Record<string, Uint8Array>>> {
  const files = images.map(async (image, at): Promise<[string, Uint8Array]> => {
    const picture = sharp(image, { raw: { width: size, height: size, channels: 1 } })
    return [`photos/${labels[at]}/${at}.png`, await picture.png().toBuffer()]
  })
  return Object.fromEntries(await Promise.all(files))
}

async function integerModel(bytes: Uint8Array, calibration: string): Promise<Uint8Array> {
  const model = readModel(bytes)
  const { model: integer } = await lastValueFrom(
    samples(arrowFile(calibration)).pipe(
      infer(model),
      observe({ minmax: minMax() }),
      quantize(model, int8()),
    ),
  )
  return writeModel(integer)
}
