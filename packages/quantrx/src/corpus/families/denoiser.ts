import type { Model } from '@quantrx/tflite'
import type { Family } from '../family.ts'
import { connect } from '../layers.ts'
import { corpusModel } from '../model-builder.ts'
import { remember } from '../recurrent-layers.ts'

/** Frames of sound through two LSTMs, whose states go from call to call. LiteRT's package refuses variable tensors. */
export const denoiser: Family = {
  ...{ name: 'LSTM denoiser with state', model, inLiteRt: false },
  float: [],
}

const [steps, bands] = [5, 8]

function model(): Model {
  const { graph, finish } = corpusModel()
  const g = graph()
  const frames = g.input('frames', [1, steps, bands])
  const first = remember(g, frames, { name: 'first', steps, depth: bands, units: 32 })
  const second = remember(g, first, { name: 'second', steps, depth: 32, units: 16 })
  g.finish([connect(g, second, { name: 'mask', depth: 16, shape: [1, steps, bands] })])
  return finish()
}
