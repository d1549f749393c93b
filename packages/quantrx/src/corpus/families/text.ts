import type { Model } from '@quantrx/tflite'
import type { Family } from '../family.ts'
import { addition, connect, reduction } from '../layers.ts'
import { corpusModel } from '../model-builder.ts'

/** Words as numbers, two tables of embeddings, and their mean. */
export const text: Family = { name: 'text classifier', model, vocabulary: 32, float: [] }

function model(): Model {
  const { graph, finish } = corpusModel()
  const g = graph()
  const tokens = g.input('tokens', [1, 6], { type: 'INT32' })
  const language = g.input('language', [1], { type: 'INT32' })
  const options = { kind: 'GatherOptions', axis: 0, batchDims: 0 } as const
  const [words] = g.add('GATHER', [g.weights('words', [32, 16]), tokens], [['embedded', [1, 6, 16]]], options)
  const table = g.weights('languages', [32, 16])
  const [kind] = g.add('EMBEDDING_LOOKUP', [language, table], [['language embedded', [1, 16]]])
  const [mean] = g.add('MEAN', [words!, g.integers('axis', [1], 1)], [['mean', [1, 16]]], reduction)
  const [sum] = g.add('ADD', [mean!, kind!], [['sum', [1, 16]]], addition)
  g.finish([connect(g, sum!, { name: 'classes', depth: 16, shape: [1, 4] })])
  return finish()
}
