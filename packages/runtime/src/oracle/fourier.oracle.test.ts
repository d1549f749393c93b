import { seededRandom } from '@quantrx/core'
import { writeModel } from '@quantrx/tflite'
import { openLiteRt } from '@quantrx/testing'
import { expect, it } from 'vitest'
import { compile } from '../compile.ts'
import { tinyModel } from '../tiny-model.conformance.ts'

/** Frames of a signal, transformed, as a spectrogram is made of them. */
const spectrum = (shape: readonly number[], height: number, width: number) => {
  const bins = [...shape.slice(0, -2), height, Math.floor(width / 2) + 1]
  const flat = [bins.reduce((product, size) => product * size, 1)]
  const lengths = Int32Array.of(height, width)
  return tinyModel(
    [
      { name: 'frames', shape },
      { name: 'lengths', shape: [2], type: 'INT32', data: lengths },
      { name: 'spectrum', shape: bins, type: 'COMPLEX64' },
      { name: 'size', shape: [1], type: 'INT32', data: Int32Array.of(-1) },
      { name: 'flat', shape: flat, type: 'COMPLEX64' },
      ...['real', 'imaginary', 'magnitude'].map((name) => ({ name, shape: bins })),
      { name: 'cast', shape: flat },
    ],
    [
      { kind: 'RFFT2D', inputs: [0, 1], outputs: [2], options: { kind: 'Rfft2dOptions' } },
      { kind: 'RESHAPE', inputs: [2, 3], outputs: [4] },
      { kind: 'REAL', inputs: [2], outputs: [5] },
      { kind: 'IMAG', inputs: [2], outputs: [6] },
      { kind: 'COMPLEX_ABS', inputs: [2], outputs: [7] },
      {
        ...{ kind: 'CAST', inputs: [4], outputs: [8] },
        options: { kind: 'CastOptions', inDataType: 'COMPLEX64', outDataType: 'FLOAT32' },
      },
    ],
    [0],
    [5, 6, 7, 8],
  )
}

it.each([
  [[3, 1, 64], 1, 64],
  [[2, 1, 50], 1, 64],
  [[4, 8], 4, 8],
  [[2, 5, 9], 8, 4],
])('RFFT2D of %j as %d x %d, and the parts of it, agree with LiteRT', async (shape, height, width) => {
  const random = seededRandom(width)
  const length = shape.reduce((product, size) => product * size, 1)
  const data = Float32Array.from({ length }, () => random.normal())
  const model = spectrum(shape, height, width)
  const oracle = await openLiteRt(writeModel(model))
  const expected = await oracle.run([new Uint8Array(data.buffer)])
  oracle.close()
  const found = (await compile(model)).run([{ type: 'float32', shape, data }])
  for (const [at, output] of found.entries()) {
    const theirs = new Float32Array(expected[at]!.slice().buffer)
    expect(output.data).toHaveLength(theirs.length)
    theirs.forEach((value, place) => expect(output.data[place], output.name).toBeCloseTo(value, 5))
  }
})
