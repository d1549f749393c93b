import { byAccuracy, paretoFront } from '@quantrx/algorithms'
import type { SweptCandidate } from '@quantrx/algorithms'
import type { SweptFacts } from '@quantrx/report'
import { facts, decibels, percent, table } from '../shared/output.ts'
import type { Drawing } from '../shared/output.ts'

/** One candidate, as JSON; shares from 0 to 1. */
export interface CandidateResult extends Omit<SweptFacts, 'algorithms'> {
  /** What was done to it beyond quantization, separated by commas. */
  readonly algorithm?: string
  /** The file, where files are written. */
  readonly out?: string
}

/** What `sweep` tells, as JSON. */
export interface SweepResult {
  readonly candidates: readonly CandidateResult[]
  /** Position of the most accurate one. */
  readonly best: number
  readonly float: { readonly bytes: number; readonly medianMs: number; readonly top1?: number }
  /** How often the calibration samples were read, and how many of them. */
  readonly calibrationReads: number
  readonly samples: number
  readonly testSamples: number
  /** Schemes that cannot take the model. */
  readonly refused: readonly { readonly scheme: string; readonly reason: string }[]
  readonly outFolder?: string
  readonly report?: string
  readonly seconds: number
}

/** A candidate without its model: all that is kept of most. */
export type CandidateFacts = Omit<SweptCandidate, 'candidate' | 'kind'> & { readonly out?: string }

/** Candidates as JSON, and the position of the most accurate. */
export function compared(all: readonly CandidateFacts[]): Pick<SweepResult, 'candidates' | 'best'> {
  const front = paretoFront(all)
  const candidates = all.map(
    ({ observer, scheme, samples, algorithms, measures, bytes, medianMs, sameAs, out }, at) => {
      const { top1, agreement, outputSqnrDb } = measures
      return {
        ...{ observer, scheme, samples },
        ...(algorithms.length === 0 ? {} : { algorithm: algorithms.join(',') }),
        ...(top1 === undefined ? {} : { top1 }),
        ...{ agreement, outputSqnrDb, bytes, medianMs, pareto: front[at]! },
        ...(sameAs === undefined ? {} : { sameAs }),
        ...(out === undefined ? {} : { out }),
      }
    },
  )
  return { candidates, best: all.indexOf([...all].sort(byAccuracy)[0]!) }
}

/** The result for people. */
export function drawSweep(result: SweepResult): Drawing {
  const { candidates, best, float, samples, testSamples, calibrationReads, seconds } = result
  const labelled = candidates.some(({ top1 }) => top1 !== undefined)
  const rows = candidates.map((each, at) => [
    ...[at + 1, each.scheme, each.observer, each.samples],
    ...(labelled ? [percent(each.top1)] : []),
    ...[
      percent(each.agreement),
      decibels(each.outputSqnrDb),
      each.bytes,
      `${each.medianMs.toPrecision(3)} ms`,
    ],
    remark(each, at === best),
  ])
  const accuracy = labelled ? ['top-1'] : []
  const headings = [
    '',
    'scheme',
    'observer',
    'samples',
    ...accuracy,
    'agreement',
    'SQNR',
    'bytes',
    'time',
    '',
  ]
  return [
    table(headings, rows),
    '',
    facts([
      [
        'float model',
        [
          `${float.bytes} bytes`,
          `${float.medianMs.toPrecision(3)} ms`,
          ...(float.top1 === undefined ? [] : [`top-1 ${percent(float.top1)}`]),
        ].join(', '),
      ],
      [
        'calibration',
        `${samples} samples, read ${calibrationReads === 1 ? 'once' : `${calibrationReads} times`}`,
      ],
      ['test', `${testSamples} samples`],
      [
        'biases',
        candidates.some(({ algorithm }) => algorithm !== undefined)
          ? 'corrected'
          : 'as they are; quantize corrects them, and so does --bias-correction',
      ],
      ...(result.outFolder === undefined ? [] : [['files', result.outFolder]]),
      ...(result.report === undefined ? [] : [['report', result.report]]),
      ['took', `${seconds} s`],
    ]),
  ]
}

function remark({ pareto, sameAs }: CandidateResult, best: boolean): string {
  if (sameAs !== undefined) return `same as ${sameAs + 1}`
  return best ? 'most accurate' : pareto ? 'not beaten' : ''
}
