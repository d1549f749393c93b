import { encodeNpy, samples } from '@quantrx/data'
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

/**
 * What documents say that their readers have, made from the demo of the command line: `model.tflite`, `samples.arrow` and
 * `model.int8.tflite`, the model, its samples and what it becomes; `test.npy` and `test.csv`, samples and labels; `rows.npy`;
 * and `photos/`, a folder of pictures in sub-folders of their classes.
 *
 * @returns contents by name.
 */
export async function exampleFiles(demo: string): Promise<Readonly<Record<string, Uint8Array | string>>> {
  const test = await lastValueFrom(samples(arrowFile(join(demo, 'test.arrow'))).pipe(take(40), toArray()))
  const images = test.map(({ inputs }) => Uint8Array.from(inputs[0]!.data as Uint8Array))
  const labels = test.map(({ label }) => label ?? 0)
  const npy = (count: number): Uint8Array =>
    encodeNpy({
      type: 'uint8',
      shape: [count, size, size, 1],
      data: Uint8Array.from(images.slice(0, count).flatMap((image) => [...image])),
    })
  const photos = await Promise.all(
    images.map(async (image, at): Promise<[string, Uint8Array]> => {
      const picture = sharp(image, { raw: { width: size, height: size, channels: 1 } })
      return [`photos/${labels[at]}/${at}.png`, await picture.png().toBuffer()]
    }),
  )
  const bytes = await readFile(join(demo, 'demo.tflite'))
  return {
    'model.tflite': bytes,
    'samples.arrow': await readFile(join(demo, 'calibration.arrow')),
    'model.int8.tflite': await integerModel(bytes, join(demo, 'calibration.arrow')),
    'test.npy': npy(40),
    'rows.npy': npy(4),
    'test.csv': `label\n${labels.join('\n')}\n`,
    ...Object.fromEntries(photos),
  }
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
