import { flow } from '../flow.ts'

/** The five stages, and what flows between them. */
export const pipeline = (): string =>
  flow([
    { name: 'samples', details: ['gives: sample'], kind: 'plain' },
    { name: 'infer', details: ['gives: activation'], kind: 'float' },
    { name: 'observe', details: ['gives: calibration'], kind: 'float' },
    { name: 'quantize', details: ['gives: candidate'], kind: 'integer' },
    { name: 'evaluate', details: ['gives: report'], kind: 'integer' },
  ])
