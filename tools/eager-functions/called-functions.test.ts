import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { workspaceRoot } from '../workspace-root.ts'
import { calledFunctions, inMost } from './called-functions.ts'

describe('called functions', () => {
  const module = 'wasm/convolution/split.ts'
  const path = join(workspaceRoot, 'packages/kernels/src', module)
  const code = readFileSync(path, 'utf8')
  const url = pathToFileURL(path).href
  const coverage = (called: Readonly<Record<string, number>>, of = url) => ({
    result: [
      {
        url: of,
        functions: Object.entries(called).map(([start, count]) => ({
          ranges: [{ startOffset: code.indexOf(start), endOffset: code.length, count }],
        })),
      },
    ],
  })

  it('are found by where engines let them start, behind `export`', () => {
    expect(calledFunctions(coverage({ 'function splitEvenly': 2, 'function splitChannels': 0 }))).toEqual({
      kernels: { [module]: ['splitEvenly'] },
    })
  })

  it('are those of the packages’ sources', () => {
    const called = { 'function splitEvenly': 1 }
    expect(calledFunctions(coverage(called, 'node:fs'))).toEqual({})
    expect(
      calledFunctions(coverage(called, pathToFileURL(join(workspaceRoot, 'tools/indexes.ts')).href)),
    ).toEqual({})
  })
})

it('keeps what more than half of the lists have', () => {
  const lists = [
    { 'b.ts': ['y', 'x'], 'a.ts': ['z'] },
    { 'b.ts': ['x'] },
    { 'b.ts': ['y', 'x'] },
    { 'b.ts': ['x'] },
  ]
  expect(inMost(lists)).toEqual({ 'b.ts': ['x'] })
  expect(Object.entries(inMost(lists.slice(0, 1)))).toEqual([
    ['a.ts', ['z']],
    ['b.ts', ['x', 'y']],
  ])
})
