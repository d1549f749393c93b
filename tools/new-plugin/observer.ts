import type { PluginFile } from './files.ts'

/** An observer that starts as a symmetric range around 0, wide enough for every value. */
export function observerFiles(name: string, identifier: string): readonly PluginFile[] {
  const folder = 'packages/observers/src/observers'
  return [
    { path: `${folder}/${name}.ts`, text: source(name, identifier) },
    { path: `${folder}/${name}.test.ts`, text: test(name, identifier) },
  ]
}

const source = (name: string, identifier: string): string => `import { DataError } from '@quantrx/core'
import type { MergeableObserver } from '@quantrx/core'

interface State {
  largest: number
  count: number
}

/** The symmetric range \`[-m, m]\` with m = max|x|. One comparison a value, two numbers of state, order-independent. */
export function ${identifier}(): MergeableObserver<State> {
  return {
    name: '${name}',
    init: () => ({ largest: 0, count: 0 }),
    update(state, values) {
      let { largest } = state
      for (let i = 0; i < values.length; i++) {
        const magnitude = Math.abs(values[i]!)
        if (!(magnitude < Infinity)) throw unusable(String(values[i]))
        if (magnitude > largest) largest = magnitude
      }
      state.largest = largest
      state.count += values.length
    },
    merge: (a, b) => ({ largest: Math.max(a.largest, b.largest), count: a.count + b.count }),
    finish({ largest, count }) {
      if (count === 0) throw unusable('no values')
      return { min: 0 - largest, max: largest }
    },
  }
}

function unusable(found: string): DataError {
  return new DataError({ stage: 'observe', subject: '${name}', found, expected: 'finite values' })
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
