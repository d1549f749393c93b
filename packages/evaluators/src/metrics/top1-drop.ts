import type { Metric } from '@quantrx/core'
import { argmax } from '../argmax.ts'

/** How many samples one of the two models alone gets right. */
export interface Top1DropState {
  /** The float model alone. */
  lost: number
  /** The quantized model alone. */
  won: number
  samples: number
}

/** A drop in top-1 accuracy, and whether it may be chance. */
export interface Top1Drop {
  /** Top-1 of the float model less that of the quantized one, -1 to 1. */
  readonly drop: number
  readonly lost: number
  readonly won: number
  /**
   * Probability of a difference at least as large, either way, if both models were equally good: of 0.05 and more, the drop
   * may well be chance.
   */
  readonly pValue: number
}

/**
 * The drop in top-1 accuracy against the float model, with its significance: the exact McNemar test, which looks at the samples
 * that one of the models alone gets right. After Q. McNemar 1947, Note on the sampling error of the difference between correlated
 * proportions.
 */
export function top1Drop(): Metric<Top1DropState, Top1Drop, 'top1Drop'> {
  return {
    name: 'top1Drop',
    needs: ['label', 'reference'],
    init: () => ({ lost: 0, won: 0, samples: 0 }),
    update(state, { output, reference, label }) {
      const [own, float] = [argmax(output[0] ?? []), argmax(reference?.[0] ?? [])]
      state.samples++
      if (float === label && own !== label) state.lost++
      if (own === label && float !== label) state.won++
    },
    merge: (a, b) => ({ lost: a.lost + b.lost, won: a.won + b.won, samples: a.samples + b.samples }),
    finish({ lost, won, samples }) {
      return { drop: (lost - won) / samples, lost, won, pValue: mcnemar(lost, won) }
    },
  }
}

/** Two-sided exact McNemar test: the binomial probability of a split of `a + b` as uneven as this, or more. */
function mcnemar(a: number, b: number): number {
  const count = a + b
  // Logarithms, since the powers of 2 of large counts have no floats.
  let logChoose = 0
  let tail = 0
  for (let at = 0; at <= Math.min(a, b); at++) {
    tail += Math.exp(logChoose - count * Math.LN2)
    logChoose += Math.log((count - at) / (at + 1))
  }
  return Math.min(1, 2 * tail)
}
