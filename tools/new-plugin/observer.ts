import type { PluginFile } from './plugin-file.ts'

/** An observer that starts as a symmetric range around 0, wide enough for every value. */
export function observerFiles(name: string, identifier: string): readonly PluginFile[] {
  const folder = 'packages/observers/src/observers'
  return [
    { path: `${folder}/${name}.ts`, text: source(name, identifier) },
    { path: `${folder}/${name}.test.ts`, text: test(name, identifier) },
  ]
}

const source = (name: string, identifier: string): string => `import { scanValues } from '@quantrx/core'
import type { MergeableObserver } from '@quantrx/core'
import { finiteExtremes } from '../extremes.ts'
import { nothingSeen } from '../unusable.ts'

interface State {
  largest: number
  count: number
}

/** The symmetric range \`[-m, m]\` with m = max|x|. Two comparisons a value, two numbers of state, order-independent. */
export function ${identifier}(): MergeableObserver<State> {
  const name = '${name}'
  return {
    name,
    init: () => ({ largest: 0, count: 0 }),
    update(state, values, scan = scanValues(values)) {
      if (values.length === 0) return
      const { min, max } = finiteExtremes(name, scan)
      state.largest = Math.max(state.largest, -min, max)
      state.count += values.length
    },
    merge: (a, b) => ({ largest: Math.max(a.largest, b.largest), count: a.count + b.count }),
    finish({ largest, count }) {
      if (count === 0) throw nothingSeen(name)
      return { min: 0 - largest, max: largest }
    },
  }
}
`

const test = (name: string, identifier: string): string => `import { expect, it } from 'vitest'
import { observerConformance } from '../observer.conformance.ts'
import { ${identifier} } from './${name}.ts'

observerConformance('${name}', ${identifier})

it('covers the value that is furthest from 0', () => {
  const observer = ${identifier}()
  const state = observer.init({ subgraph: 0, index: 0, name: 'x', shape: [3] })
  observer.update(state, Float32Array.of(-3, 1, 2))
  expect(observer.finish(state)).toEqual({ min: -3, max: 3 })
})
`
