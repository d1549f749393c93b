import { compile } from '@quantrx/runtime/run'
import { builtinCodeFields } from '@quantrx/tflite'
import type { Model, Tensor } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { describeContents } from './describe-contents.ts'
import { describeModel } from './describe-model.ts'
import { drawContents } from './draw-contents.ts'
import { settledShapes } from './settled-shapes.ts'

const tensor = (name: string, shape: readonly number[], buffer = 0): Tensor => ({
  ...{ name, shape, type: 'FLOAT32', buffer },
  ...{ isVariable: false, hasRank: false, externalBuffer: 0 },
  ...(buffer === 0 ? { shapeSignature: [-1, ...shape.slice(1)] } : {}),
})

/** Five rows of four values times weights; of the product the file does not know how many rows it has. */
const model: Model = {
  version: 3,
  operatorCodes: [{ ...builtinCodeFields('FULLY_CONNECTED'), version: 1 }],
  buffers: [
    { offset: 0n, size: 0n },
    { data: new Uint8Array(48), offset: 0n, size: 0n },
  ],
  subgraphs: [
    {
      tensors: [tensor('x', [5, 4]), tensor('weights', [3, 4], 1), tensor('y', [1, 3])],
      operators: [
        {
          ...{ opcodeIndex: 0, inputs: [0, 1, -1], outputs: [2], customOptionsFormat: 'FLEXBUFFERS' },
          ...{ largeCustomOptionsOffset: 0n, largeCustomOptionsSize: 0n, debugMetadataIndex: -1 },
        },
      ],
      ...{ inputs: [0], outputs: [2], debugMetadataIndex: -1 },
    },
  ],
}

it('are those that follow from the inputs, by which multiplications are counted', async () => {
  const settled = settledShapes(await compile(model))
  expect([settled(0, 2), settled(0, 1), settled(1, 2)]).toEqual([[5, 3], undefined, undefined])
  expect(describeModel(model, 0, settled).macs).toBe(5 * 3 * 4)
  expect(describeModel(model, 0).macs).toBe(3 * 4)
})

it.each([
  [11, 11, false],
  [12, 10, true],
])('of %d open ones, %d are listed', (count, listed, more) => {
  const [graph] = model.subgraphs!
  const tensors = Array.from({ length: count }, (_, at) => tensor(`open ${at}`, [1]))
  const drawn = drawContents(describeContents({ ...model, subgraphs: [{ ...graph!, tensors }] }))
  const rows = drawn.flatMap((part) => (typeof part === 'string' ? [] : part.rows.map(([name]) => name)))
  expect(rows.filter((name) => String(name).startsWith('open'))).toHaveLength(listed)
  expect(drawn.includes('… 2 more, all with --json')).toBe(more)
})
