import { seededRandom } from '@quantrx/core'
import { writeModel } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { tinyModel } from '../tiny-model.conformance.ts'
import { compareWithLiteRt, randomBytes } from './compare.conformance.ts'

/** A transform whose result loses a dimension of size 1 before it becomes real, as converters write it. */
function spectrum(
  kind: 'COMPLEX_ABS' | 'REAL' | 'IMAG',
  image: readonly number[],
  sizes: readonly [number, number],
) {
  const result = [...image.slice(0, -2), sizes[0], sizes[1] / 2 + 1]
  const squeezed = result.filter((size) => size !== 1)
  const numbers = (name: string, shape: readonly number[]) => ({ name, shape, type: 'COMPLEX64' as const })
  return tinyModel(
    [
      { name: 'image', shape: image },
      { name: 'sizes', shape: [2], type: 'INT32', data: Int32Array.from(sizes) },
      numbers('result', result),
      numbers('squeezed', squeezed),
      { name: 'real', shape: squeezed },
    ],
    [
      { kind: 'RFFT2D', inputs: [0, 1], outputs: [2], options: { kind: 'Rfft2dOptions' } },
      { kind: 'SQUEEZE', inputs: [2], outputs: [3], options: { kind: 'SqueezeOptions' } },
      { kind, inputs: [3], outputs: [4] },
    ],
    [0],
    [4],
  )
}

const images = [
  [
    [1, 400],
    [1, 512],
  ],
  [
    [2, 3, 8, 8],
    [8, 8],
  ],
  [
    [2, 5, 3],
    [4, 16],
  ],
  [
    [3, 7, 9],
    [2, 4],
  ],
] as const

it.each(['COMPLEX_ABS', 'REAL', 'IMAG'] as const)('%s of a transform agrees with LiteRT', async (kind) => {
  const random = seededRandom(3)
  for (const [image, sizes] of images) {
    const bytes = writeModel(spectrum(kind, image, sizes))
    const found = await compareWithLiteRt(bytes, (inputs) => [
      inputs.map((tensor) => randomBytes(tensor, random)),
    ])
    expect(found).not.toHaveProperty('refusal')
    expect(found.values).toBeGreaterThan(0)
    expect(found.largest).toBeLessThanOrEqual(1e-6 * found.magnitude)
  }
})
