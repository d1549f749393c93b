export { encodeArrow } from './arrow-format/encode.ts'
export type { ArrowSamples } from './arrow-format/encode.ts'
export { arrow, arrowRows } from './arrow-format/read.ts'
export type { ArrowColumns, ArrowSource } from './arrow-format/read.ts'
