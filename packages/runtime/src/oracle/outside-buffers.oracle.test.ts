import { seededRandom } from '@quantrx/core'
import { openLiteRt } from '@quantrx/testing'
import { readModel, writeModel } from '@quantrx/tflite'
import type { Buffer } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { compile } from '../compile.ts'
import { tinyModel } from '../tiny-model.conformance.ts'

/** Files that are to have buffers behind the FlatBuffer, as those over 2 GB must, are written so when they had some before. */
const outside = (buffer: Buffer): Buffer => (buffer.data === undefined ? buffer : { ...buffer, offset: 2n })

it('runs in LiteRT when its weights stand behind the FlatBuffer, as in files over 2 GB', async () => {
  const random = seededRandom(3)
  const [weights, bias] = [24, 4].map((length) => Float32Array.from({ length }, () => random.normal()))
  const tensors = [
    { name: 'x', shape: [2, 6] },
    { name: 'weights', shape: [4, 6], data: weights! },
    { name: 'bias', shape: [4], data: bias! },
    { name: 'y', shape: [2, 4] },
  ]
  const inside = tinyModel(tensors, [{ kind: 'FULLY_CONNECTED', inputs: [0, 1, 2], outputs: [3] }], [0], [3])
  const bytes = writeModel({ ...inside, buffers: inside.buffers!.map(outside) })
  const model = readModel(bytes)
  expect(model.buffers!.map(({ offset }) => offset > 1n)).toEqual([false, true, true])
  const data = Float32Array.from({ length: 12 }, () => random.normal())
  const [own] = (await compile(model)).run([{ type: 'float32', shape: [2, 6], data }])
  const oracle = await openLiteRt(bytes)
  const [theirs] = await oracle.run([new Uint8Array(data.buffer)])
  oracle.close()
  const expected = new Float32Array(theirs!.slice().buffer)
  expected.forEach((value, at) => expect(own!.data[at]).toBeCloseTo(value, 5))
})
