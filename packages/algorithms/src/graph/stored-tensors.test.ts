import type { RuntimeTensor } from '@quantrx/runtime'
import { expect, it } from 'vitest'
import { sparePieces, storeResults } from './stored-tensors.ts'

/** A tensor that every run overwrites. */
const result = (dynamic = false): RuntimeTensor => ({
  ...{ index: 0, name: 't', type: 'int16', shape: [3], data: new Int16Array(3), constant: false, dynamic },
})

it.each([false, true])('keeps what each run leaves, with shapes known only then: %s', (dynamic) => {
  const tensor = result(dynamic)
  const [stored] = storeResults(2, sparePieces(), (sample) => {
    ;(tensor.data as Int16Array).fill(1000 + sample)
    return [tensor]
  })
  expect(stored!.tensors.map(({ data }) => [...data])).toEqual([
    [1000, 1000, 1000],
    [1001, 1001, 1001],
  ])
  expect(stored!.piece).toHaveLength(dynamic ? 0 : 12)
})

it('uses the smallest spare piece that is large enough, once', () => {
  const spare = sparePieces()
  const [small, large] = [new Uint8Array(12), new Uint8Array(20)]
  for (const piece of [large, small]) spare.give(piece)
  expect(spare.take(10)).toBe(small)
  expect(spare.take(10)).toBe(large)
  expect(spare.take(10)).toHaveLength(10)
})
