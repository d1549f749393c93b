import { ModelFormatError } from '@quantrx/core'
import { expect, it } from 'vitest'
import type { Tensor } from '../types.ts'
import { denseBytes } from './dense-bytes.ts'

type Sparsity = NonNullable<Tensor['sparsity']>
type Dimension = NonNullable<Sparsity['dimMetadata']>[number]

const dense = (denseSize: number): Dimension => ({ format: 'DENSE', denseSize })
const compressed = (segments: readonly number[], indices: readonly number[]): Dimension => ({
  format: 'SPARSE_CSR',
  denseSize: 0,
  arraySegments: { kind: 'Int32Vector', values: segments },
  arrayIndices: { kind: 'Uint8Vector', values: Uint8Array.from(indices) },
})

const rows: Sparsity = {
  traversalOrder: [0, 1],
  dimMetadata: [dense(3), compressed([0, 2, 2, 3], [0, 2, 1])],
}

/** Blocks of 2 x 2 in a matrix of 4 x 4: the first of the upper row of blocks, the second of the lower. */
const blocks: Sparsity = {
  traversalOrder: [0, 1, 2, 3],
  blockMap: [0, 1],
  dimMetadata: [dense(2), compressed([0, 1, 2], [0, 1]), dense(2), dense(2)],
}

it('puts compressed rows back between their zeros', () => {
  const values = Uint8Array.of(5, 6, 7)
  expect([...denseBytes({ shape: [3, 3], sparsity: rows }, values, 1)]).toEqual([5, 0, 6, 0, 0, 0, 0, 7, 0])
})

it('puts blocks back, elements of several bytes too', () => {
  const values = Uint16Array.of(1, 2, 3, 4, 5, 6, 7, 8)
  const bytes = denseBytes({ shape: [4, 4], sparsity: blocks }, new Uint8Array(values.buffer), 2)
  expect([...new Uint16Array(bytes.buffer)]).toEqual([1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 5, 6, 0, 0, 7, 8])
})

it('traverses columns first where it is told to', () => {
  const sparsity: Sparsity = {
    traversalOrder: [1, 0],
    dimMetadata: [dense(2), compressed([0, 1, 2], [1, 0])],
  }
  expect([...denseBytes({ shape: [2, 2], sparsity }, Uint8Array.of(8, 9), 1)]).toEqual([0, 9, 8, 0])
})

it.each<[string, Sparsity, number]>([
  ['an index outside', { ...rows, dimMetadata: [dense(3), compressed([0, 1, 1, 1], [3])] }, 3],
  ['too few values', rows, 2],
  ['too few levels', { ...rows, traversalOrder: [0] }, 3],
  ['a level twice', { ...rows, traversalOrder: [0, 0] }, 3],
  ['levels without end', { ...rows, dimMetadata: [dense(2 ** 31 - 1), dense(2 ** 31 - 1)] }, 3],
  [
    'a level without segments',
    { ...rows, dimMetadata: [dense(3), { format: 'SPARSE_CSR', denseSize: 0 }] },
    3,
  ],
  ['empty levels without end', { ...rows, dimMetadata: [dense(2 ** 31 - 1), compressed([0], [])] }, 3],
])('refuses %s', (_, sparsity, count) => {
  const tensor = { name: 'w', shape: [3, 3], sparsity }
  expect(() => denseBytes(tensor, new Uint8Array(count), 1)).toThrow(ModelFormatError)
})
