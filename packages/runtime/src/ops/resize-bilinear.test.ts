import { expect, it } from 'vitest'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { resizeBilinear } from './resize-bilinear.ts'

const size = testTensor('int32', [2], { values: [1, 3], constant: true })

it.each(['float32', 'int8', 'uint8'] as const)('RESIZE_BILINEAR mixes %s', (type) => {
  const input = testTensor(type, [1, 1, 2, 1], { values: [10, 20] })
  const output = testTensor(type, [1, 1, 3, 1])
  resizeBilinear.prepare(testContext('RESIZE_BILINEAR', [input, size], [output], { alignCorners: true }))()
  expect([...output.data]).toEqual([10, 15, 20])
})

it('RESIZE_BILINEAR refuses other types and shapes', () => {
  const prepare = (type: 'int8' | 'int32', outputType: 'int8' | 'int32', width: number) =>
    resizeBilinear.prepare(
      testContext(
        'RESIZE_BILINEAR',
        [testTensor(type, [1, 1, 2, 1]), size],
        [testTensor(outputType, [1, 1, width, 1])],
      ),
    )
  expect(() => prepare('int8', 'int32', 3)).toThrow('outputs of type int32')
  expect(() => prepare('int32', 'int32', 3)).toThrow('outputs of type int32')
  expect(() => prepare('int8', 'int8', 4)).toThrow('got output shape [1, 1, 4, 1], expected [1, 1, 3, 1]')
})

it.each(['float32', 'int8', 'uint8', 'int16'] as const)('RESIZE_BILINEAR of %s is generated', (type) => {
  const operands = [testTensor(type, [1, 1, 2, 8]), size]
  const output = testTensor(type, [1, 1, 3, 8])
  const context = testContext('RESIZE_BILINEAR', operands, [output], { alignCorners: true })
  const generated = resizeBilinear.generate!(context, { innerLoop: 'i16', floatProducts: 'exact' })
  expect(generated).toMatchObject({ inputs: [operands[0]], output })
})
