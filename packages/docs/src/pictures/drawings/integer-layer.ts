import { flow } from '../flow.ts'

/** What an integer layer does, from int8 to int8. */
export const integerLayer = (): string =>
  flow([
    { name: 'int8 inputs', details: ['scale s, zero point z'], kind: 'integer' },
    { name: 'multiply, add', details: ['(input − z) × weight', 'into an int32 sum'], kind: 'integer' },
    { name: 'add the bias', details: ['int32, of the', 'scale of the sum'], kind: 'integer' },
    { name: 'requantize', details: ['sum × M, rounded,', '+ zero point'], kind: 'integer' },
    { name: 'clamp', details: ['to −128 … 127', 'and the activation'], kind: 'integer' },
  ])
