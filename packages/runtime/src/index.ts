export { infer } from './infer.ts'
export type { InferOptions } from './infer.ts'
export * from './run.ts'
