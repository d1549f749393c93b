import { flow } from '../flow.ts'

/** What a hybrid operator does with each row of its input. */
export const hybrid = (): string =>
  flow([
    { name: 'float32 row', details: ['from the layer before'], kind: 'float' },
    { name: 'quantize', details: ['by the extremes', 'of this very row'], kind: 'integer' },
    { name: 'multiply', details: ['int8 row ×', 'int8 weights'], kind: 'integer' },
    { name: 'scale', details: ['int32 sums × scales', '+ float bias'], kind: 'float' },
    { name: 'float32 row', details: ['to the next layer'], kind: 'float' },
  ])
