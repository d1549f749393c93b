import { seededRandom } from '@quantrx/core'
import { openLiteRt } from '@quantrx/testing'
import { writeModel } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { compile } from '../compile.ts'
import { customModel } from './custom-model.conformance.ts'

const name = 'Convolution2DTransposeBias'

function upscaling(padding: 1 | 2, [height, width]: readonly [number, number]) {
  const random = seededRandom(padding)
  const normal = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.normal())
  return {
    input: normal(5 * 4 * 6),
    model: customModel(
      name,
      [
        { name: 'x', shape: [1, 5, 4, 6] },
        { name: 'weights', shape: [3, 3, 2, 6], data: normal(3 * 3 * 2 * 6) },
        { name: 'bias', shape: [3], data: normal(3) },
        { name: 'y', shape: [1, height, width, 3] },
      ],
      [3, 1],
      new Uint8Array(Int32Array.of(padding, 1, 2).buffer),
    ),
  }
}

it.each([
  ['SAME', 1, [10, 4]],
  ['VALID', 2, [11, 5]],
] as const)('runs as LiteRT runs it, with generated code: %s', async (_, padding, size) => {
  const { model, input } = upscaling(padding, size)
  const program = await compile(model, { arithmetic: 'xnnpack' })
  expect(program.operators.map(({ kind, kernel }) => [kind, kernel])).toEqual([['TRANSPOSE_CONV', 'float32']])
  const [output] = program.run([{ type: 'float32', shape: [1, 5, 4, 6], data: input }])
  const oracle = await openLiteRt(writeModel(model))
  const [bytes] = await oracle.run([new Uint8Array(input.buffer)])
  oracle.close()
  const expected = new Float32Array(bytes!.slice().buffer)
  expect(output!.data.length).toBe(expected.length)
  expected.forEach((value, at) => expect(output!.data[at]).toBeCloseTo(value, 4))
})

it('leaves the operator to who registers it', async () => {
  const { model, input } = upscaling(1, [10, 4])
  const fill = {
    prepare:
      ({ outputs: [output] }: { outputs: readonly { data: unknown }[] }) =>
      () =>
        void (output!.data as Float32Array).fill(7),
  }
  const program = await compile(model, { customOperators: { [name]: fill } })
  const [output] = program.run([{ type: 'float32', shape: [1, 5, 4, 6], data: input }])
  expect(new Set(output!.data as Float32Array)).toEqual(new Set([7]))
})
