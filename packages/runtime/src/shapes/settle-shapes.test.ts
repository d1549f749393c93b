import { openLiteRt } from '@quantrx/testing'
import { writeModel } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { compile } from '../compile.ts'
import { tinyModel } from '../tiny-model.conformance.ts'

const weights = Float32Array.of(1, -2, 3, 0.5, 0.25, -1)

/** `[2, 3]` inputs times `[2, 3]` weights, negated; the file says which shape the products have. */
const stating = (products: readonly number[]) =>
  tinyModel(
    [
      { name: 'x', shape: [2, 3] },
      { name: 'weights', shape: [2, 3], data: weights },
      { name: 'products', shape: products },
      { name: 'y', shape: [2, 2] },
    ],
    [
      { kind: 'FULLY_CONNECTED', inputs: [0, 1, -1], outputs: [2] },
      { kind: 'NEG', inputs: [2], outputs: [3] },
    ],
    [0],
    [3],
  )

it.each([{ shape: [] }, { shape: [1, 2] }, { shape: [7] }])(
  'computes what a file states as $shape, as LiteRT does',
  async ({ shape }) => {
    const model = stating(shape)
    const data = Float32Array.of(1, 2, 3, 4, 5, 6)
    const oracle = await openLiteRt(writeModel(model))
    const [expected] = await oracle.run([new Uint8Array(data.buffer)])
    oracle.close()
    const program = await compile(model)
    const [output] = program.run([{ type: 'float32', shape: [2, 3], data }])
    expect(output!.shape).toEqual([2, 2])
    expect([...output!.data]).toEqual([...new Float32Array(expected!.slice().buffer)])
  },
)
