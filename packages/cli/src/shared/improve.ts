import { improve as improveModel } from '@quantrx/algorithms'
import type { Improvement, ImprovementHost } from '@quantrx/algorithms'
import type { Candidate } from '@quantrx/schemes'

export type { Improvement, ImprovementHost } from '@quantrx/algorithms'

/** Quantizes a model with the help of algorithms; see `improve` of `@quantrx/algorithms`, which this is. */
export const improve = (host: ImprovementHost, plan: Improvement): Promise<Candidate> =>
  improveModel(plan, host)
