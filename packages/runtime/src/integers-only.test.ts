import type { Arithmetic } from '@quantrx/kernels'
import { describeWithFixtures, fixturePath, floatingPoint, goldenCases, readFixture } from '@quantrx/testing'
import { readModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { programModule } from './emit-program.ts'
import { checkGraph } from './graph.ts'
import { loadOperators } from './load-operators.ts'
import type { InnerLoopName } from './operator.ts'
import { planGraph } from './plan-graph.ts'
import { supportedOperators } from './registry.ts'

/** The floating point in a model's generated code. */
async function floatsOf(
  model: Model,
  arithmetic: Arithmetic,
  innerLoop: InnerLoopName,
): Promise<readonly string[]> {
  await loadOperators(model)
  const planned = planGraph(checkGraph(model, { arithmetic, subgraph: 0, innerLoop }))
  return floatingPoint(programModule(planned, planned.layout))
}

const hasFloats = (model: Model): boolean =>
  model.subgraphs?.some(({ tensors }) => tensors?.some(({ type }) => type === 'FLOAT32')) ?? false

const innerLoops = ['i16', 'usdot'] as const
const files = ['resnet8_cifar10_int8_official', 'kws_dscnn_int8_official']
const readFile = (file: string): Model => readModel(readFixture('data/models', `${file}.tflite`))

describeWithFixtures('integer models compute with integers only, tflite arithmetic', () => {
  it.each(files)('%s', async (file) => {
    for (const innerLoop of innerLoops)
      expect(await floatsOf(readFile(file), 'tflite', innerLoop)).toEqual([])
  })

  const kinds = supportedOperators().flatMap(({ kind }) => {
    if (!existsSync(fixturePath('golden/ops', `${kind}.jsonl.gz`))) return []
    const cases = goldenCases(kind).map(({ id, model }) => ({ id, model: readModel(model) }))
    const integers = cases.filter(({ model }) => !hasFloats(model))
    return integers.length === 0 ? [] : [{ kind, integers }]
  })

  it.each(kinds)('every golden case of $kind', async ({ integers }) => {
    for (const { id, model } of integers) {
      for (const innerLoop of innerLoops)
        expect([id, innerLoop, await floatsOf(model, 'tflite', innerLoop)]).toEqual([id, innerLoop, []])
    }
  })
})

describeWithFixtures('floating point is found where it is', () => {
  it.each(files)('in %s, xnnpack arithmetic', async (file) => {
    expect(await floatsOf(readFile(file), 'xnnpack', 'i16')).toContain('f32x4.mul')
  })

  describe.each(innerLoops)('%s', (innerLoop) => {
    it('in a float model', async () => {
      expect(await floatsOf(readFile('resnet8_cifar10_float'), 'tflite', innerLoop)).toContain('f32x4.add')
    })
  })
})
