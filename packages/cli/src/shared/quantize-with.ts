import { improve } from '@quantrx/algorithms'
import type { BestChoice, Improvement } from '@quantrx/algorithms'
import type { Candidate } from '@quantrx/schemes'
import type { Environment } from '../environment.ts'
import type { AlgorithmName } from './algorithms-option.ts'
import { progress } from './progress.ts'

const doing: Readonly<Record<AlgorithmName, string>> = {
  best: 'trying algorithms',
  equalize: 'evening channels',
  gptq: 'rounding weights',
  'bias-correction': 'correcting biases',
}

/** A candidate, and what `best` has chosen for it where it was asked. */
export interface ImprovedCandidate {
  readonly candidate: Candidate
  readonly best?: BestChoice
}

/** Quantizes a model with the help of algorithms, and draws how far they have come; see {@link improve}. */
export async function quantizeWith(environment: Environment, plan: Improvement): Promise<ImprovedCandidate> {
  const { signal, stderr } = environment
  const note = (text: string): void => stderr(`quantrx: ${text}\n`)
  let best: BestChoice | undefined
  const candidate = await improve(plan, {
    ...{ signal, note },
    onBest: (choice) => void (best = choice),
    async watch(algorithm, work) {
      const line = progress(environment, doing[algorithm], algorithm === 'best' ? 'candidates' : 'operators')
      try {
        return await work((done, total) => line.update(done, total))
      } finally {
        line.finish()
      }
    },
  })
  return best === undefined ? { candidate } : { candidate, best }
}
