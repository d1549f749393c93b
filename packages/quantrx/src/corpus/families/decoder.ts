import type { Model } from '@quantrx/tflite'
import type { Family } from '../family.ts'
import { connect, reduction } from '../layers.ts'
import { corpusModel } from '../model-builder.ts'

/** The first of two signatures; the other one is not calibrated with it. */
export const encoding: Family = {
  name: 'decoder, encoding',
  model,
  signature: 'encode',
  float: ['DYNAMIC_UPDATE_SLICE', 'FULLY_CONNECTED', 'MEAN'],
}

/** The second of two signatures: a decoder with a cache that it updates and gives back. */
export const decoding: Family = {
  name: 'decoder, decoding',
  model,
  signature: 'decode',
  vocabulary: 1,
  float: ['FULLY_CONNECTED'],
}

function model(): Model {
  const { graph, finish } = corpusModel()
  const first = graph()
  const prompt = first.input('prompt', [1, 4, 8])
  first.finish([connect(first, prompt, { name: 'encoded', depth: 8, shape: [1, 4, 8] })], 'encode')
  const g = graph()
  const cache = g.input('cache', [1, 4, 8])
  const position = g.input('position', [3], { type: 'INT32' })
  const key = connect(g, g.input('token', [1, 1, 8]), { name: 'key', depth: 8, shape: [1, 1, 8] })
  const [updated] = g.add('DYNAMIC_UPDATE_SLICE', [cache, key, position], [['updated', [1, 4, 8]]])
  const [mean] = g.add('MEAN', [updated!, g.integers('axis', [1], 1)], [['mean', [1, 8]]], reduction)
  const logits = connect(g, mean!, { name: 'logits', depth: 8, shape: [1, 6], bias: false })
  g.finish([logits, updated!], 'decode')
  return finish()
}
