import { expect, it } from 'vitest'
import { calledSubgraphs } from './called-subgraphs.ts'

const operator = { opcodeIndex: 0 } as Parameters<typeof calledSubgraphs>[0]

it('finds the subgraphs that options name', () => {
  const builtinOptions = { kind: 'IfOptions', thenSubgraphIndex: 1, elseSubgraphIndex: 2 } as const
  expect(calledSubgraphs({ ...operator, builtinOptions })).toEqual([1, 2])
  const once = { kind: 'CallOptions', subgraph: 3 } as const
  expect(calledSubgraphs({ ...operator, builtinOptions: once })).toEqual([3])
})

it('finds none where options name none', () => {
  expect(calledSubgraphs(operator)).toEqual([])
})
