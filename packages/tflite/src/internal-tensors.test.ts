import { expect, it } from 'vitest'
import { internalTensorIndex } from './internal-tensors.ts'
import type { Operator, SubGraph } from './types.ts'

const operator = (outputs: readonly number[], intermediates?: readonly number[]): Operator => ({
  ...{ opcodeIndex: 0, inputs: [], outputs, customOptionsFormat: 'FLEXBUFFERS', debugMetadataIndex: -1 },
  ...{ largeCustomOptionsOffset: 0n, largeCustomOptionsSize: 0n },
  ...(intermediates === undefined ? {} : { intermediates }),
})
const tensor = { type: 'FLOAT32', buffer: 0, isVariable: false, hasRank: false, externalBuffer: 0 } as const
const graph: SubGraph = {
  ...{ tensors: [tensor, tensor, tensor, tensor], debugMetadataIndex: -1 },
  operators: [operator([1]), operator([2]), operator([3], [5, 6, 7, 8, 9])],
}

it('finds the tensor that a file has for a value inside an operator', () => {
  expect(internalTensorIndex(graph, 2, 4)).toBe(9)
})

it('gives every other one a number of its own, which depends on tensors alone', () => {
  const numbers = [0, 1].flatMap((at) => [0, 1, 2, 3, 4].map((each) => internalTensorIndex(graph, at, each)))
  expect(new Set(numbers).size).toBe(10)
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(4)
  const without = { ...graph, operators: graph.operators!.slice(1) }
  expect(internalTensorIndex(without, 0, 3)).toBe(internalTensorIndex(graph, 1, 3))
})
