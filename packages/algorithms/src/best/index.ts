export { bestQuantization } from './best-quantization.ts'
export type { Addition, BestChoice, BestDecision, BestPlan, BestQuantization } from './best-quantization.ts'
