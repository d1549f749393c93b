import { describeWithFixtures, goldenLines } from '@quantrx/testing'
import { expect, it } from 'vitest'
import { windowExtent } from './padding.ts'
import type { Padding } from './padding.ts'

it('puts the larger half of an odd padding behind', () => {
  expect(windowExtent('SAME', 32, 3, 2, 1)).toEqual({ before: 0, outputs: 16 })
  expect(windowExtent('SAME', 5, 3, 1, 1)).toEqual({ before: 1, outputs: 5 })
})

it('has no outputs for a window that is larger than its input', () => {
  expect(windowExtent('VALID', 2, 3, 1, 1)).toEqual({ before: 0, outputs: 0 })
})

interface PaddingCase {
  readonly fn: string
  readonly padding: Padding
  readonly input_size: number
  readonly filter_size: number
  readonly stride: number
  readonly dilation: number
  readonly out_size: number
  readonly padding_before: number
}

describeWithFixtures('windows equal TensorFlow Lite', () => {
  it('pads and counts', () => {
    const cases = goldenLines<PaddingCase>('_primitives').filter(({ fn }) => fn === 'ComputePadding')
    expect(cases.length).toBeGreaterThan(50)
    expect(
      cases.map((each) =>
        windowExtent(each.padding, each.input_size, each.filter_size, each.stride, each.dilation),
      ),
    ).toEqual(cases.map((each) => ({ before: each.padding_before, outputs: each.out_size })))
  })
})
