export { gptq } from './gptq.ts'
export { gptqCandidate } from './gptq-candidate.ts'
export type { GptqOptions } from './gptq-candidate.ts'
