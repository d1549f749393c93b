export { bestQuantization } from './best-quantization.ts'
export type { Addition, BestDecision, BestPlan, BestQuantization } from './best-quantization.ts'
