import type { ReportDocument } from './document.ts'

const digest = 'ab'.repeat(32)

/** A report of a tiny model, with something in every section. */
export const exampleDocument: ReportDocument = {
  title: 'tiny',
  source: { name: 'tiny.tflite', bytes: 35_000, sha256: digest },
  result: { name: 'tiny.int8.tflite', bytes: 10_000, sha256: digest },
  calibration: { name: 'calibration.arrow', samples: 100 },
  test: { name: 'test.arrow', samples: 200 },
  inspected: 50,
  scheme: 'int8',
  observer: 'minmax',
  measures: [
    { name: 'top-1', float: 0.925, integer: 0.92, unit: 'share' },
    { name: 'SQNR', integer: 25.5, unit: 'decibels' },
  ],
  latency: { float: 1, integer: 0.5 },
  floatOperators: [{ index: 1, kind: 'ELU', reason: 'ELU has no integer form here' }],
  layers: [
    {
      index: 0,
      kind: 'CONV_2D',
      name: 'conv',
      sqnrDb: Infinity,
      maxAbs: 0,
      latency: { float: 10, integer: 4 },
    },
    { index: 1, kind: 'ELU', name: 'elu', sqnrDb: 12.5, maxAbs: 0.5, latency: { float: 2, integer: 2 } },
  ],
  tensors: [
    {
      name: '<conv>',
      histogram: { start: -2, width: 2, counts: [0, 5, 0, 7, 900, 0] },
      ranges: [
        { strategy: 'minmax', min: 0, max: 6 },
        { strategy: 'percentile:99.9', min: 0, max: 4 },
      ],
      saturated: 0.0004,
      unused: 0.1,
    },
  ],
  weights: [
    {
      index: 0,
      name: 'kernel',
      channels: [
        { min: -1, max: 1 },
        { min: -0.5, max: 0.25 },
      ],
    },
  ],
  disagreements: [
    {
      ...{ sample: 3, name: 'dog/3.png', label: 1 },
      float: { class: 1, score: 0.6 },
      integer: { class: 0, score: 0.55 },
      picture: { width: 2, height: 1, channels: 3, pixels: Uint8Array.of(255, 0, 0, 0, 0, 255) },
    },
  ],
  sweep: {
    candidates: [
      {
        ...{ scheme: 'int8', observer: 'minmax', samples: 100, algorithms: [], top1: 0.92, agreement: 0.97 },
        ...{ outputSqnrDb: 25.5, bytes: 10_000, medianMs: 0.5, pareto: true },
      },
      {
        ...{ scheme: 'int8', observer: 'mse', samples: 100, algorithms: [], top1: 0.9, agreement: 0.95 },
        ...{ outputSqnrDb: 24, bytes: 10_000, medianMs: 0.5, pareto: false },
      },
      {
        ...{
          scheme: 'dynamic',
          observer: 'minmax',
          samples: 100,
          algorithms: [],
          top1: 0.915,
          agreement: 0.96,
        },
        ...{ outputSqnrDb: Infinity, bytes: 9_000, medianMs: 0.8, pareto: true },
      },
      {
        ...{ scheme: 'dynamic', observer: 'mse', samples: 100, algorithms: [], top1: 0.915, agreement: 0.96 },
        ...{ outputSqnrDb: Infinity, bytes: 9_000, medianMs: 0.8, pareto: true, sameAs: 2 },
      },
    ],
    chosen: 0,
    float: { bytes: 35_000, medianMs: 1, top1: 0.925 },
  },
  decisions: ['channels of even size: -0.10 dB on 50 samples that were held out, not taken'],
  config: {
    file: 'quantrx.config.json',
    options: { observer: 'minmax', samples: 100, biasCorrection: false },
  },
  recipe: { scheme: 'int8', observer: 'minmax' },
}
