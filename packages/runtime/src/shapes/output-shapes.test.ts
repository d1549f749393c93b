import { describeWithFixtures, fixturePath, goldenCases } from '@quantrx/testing'
import { readModel } from '@quantrx/tflite'
import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { checkSubgraph } from '../check-subgraph.ts'
import { loadOperators } from '../load-operators.ts'
import { supportedOperators } from '../registry.ts'
import { outputShapesOf } from './output-shapes.ts'

const files = supportedOperators()
  .flatMap(({ kind }) => [kind, `${kind}.f32`])
  .filter((name) => existsSync(fixturePath('golden/ops', `${name}.jsonl.gz`)))

describeWithFixtures('operators say the shapes that the golden cases have', () => {
  it.each(files)('%s', async (file) => {
    for (const { id, model: bytes } of goldenCases(file)) {
      const model = readModel(bytes)
      await loadOperators(model)
      const { operators } = checkSubgraph(model, { subgraph: 0, arithmetic: 'tflite' })
      const tensors = model.subgraphs![0]!.tensors!
      for (const { implementation, context } of operators) {
        const stored = context.outputs.map(({ index }) => tensors[index]!.shape ?? [])
        expect([id, outputShapesOf(implementation, context)]).toEqual([id, stored])
      }
    }
  })
})
