import type { PluginFile } from './plugin-file.ts'

/** A metric that starts as the mean absolute difference of the outputs to the float model's. */
export function metricFiles(name: string, identifier: string): readonly PluginFile[] {
  const folder = 'packages/evaluators/src/metrics'
  return [
    { path: `${folder}/${name}.ts`, text: source(identifier) },
    { path: `${folder}/${name}.test.ts`, text: test(name, identifier) },
  ]
}

const source = (identifier: string): string => `import type { Metric } from '@quantrx/core'

interface State {
  sum: number
  count: number
}

/** Mean absolute difference of the outputs to the float model's, in the unit of the output. */
export function ${identifier}(): Metric<State, number, '${identifier}'> {
  return {
    name: '${identifier}',
    needs: ['reference'],
    init: () => ({ sum: 0, count: 0 }),
    update(state, { output, reference = [] }) {
      reference.forEach((values, at) => {
        for (let i = 0; i < values.length; i++) state.sum += Math.abs(values[i]! - (output[at]?.[i] ?? 0))
        state.count += values.length
      })
    },
    merge: (a, b) => ({ sum: a.sum + b.sum, count: a.count + b.count }),
    finish: ({ sum, count }) => sum / count,
  }
}
`

const test = (name: string, identifier: string): string => `import { expect, it } from 'vitest'
import { metricConformance } from '../metric.conformance.ts'
import { ${identifier} } from './${name}.ts'

metricConformance(${identifier}())

it('is 0 when the outputs are equal', () => {
  const metric = ${identifier}()
  const state = metric.init()
  metric.update(state, { input: [], output: [Float32Array.of(1, 2)], reference: [Float32Array.of(1, 2)] })
  expect(metric.finish(state)).toBe(0)
})
`
