import type { Method } from '../worker/messages.ts'
import { capital } from './capital.ts'

/** What schemes do, in a few words; those that are missing go by their name. */
export const schemeTexts: Readonly<Record<string, string>> = {
  int8: 'a scale per channel',
  'int8-per-tensor': 'one scale for all weights',
  'int8-weights': 'weights alone',
  int16x8: 'activations of 16 bits',
  int4: 'weights of 4 bits',
  'int4-inner': '4 bits but at the ends',
  dynamic: 'activations at run time',
  float16: 'weights of half the bits',
}

/** How observers choose ranges, in a few words; those that are missing go by their name. */
export const observerTexts: Readonly<Record<string, string>> = {
  minmax: 'all that was seen',
  percentile: '99.99 % of the values',
  mse: 'least squared error',
  entropy: 'least divergence',
  'moving-average': 'mean of the extremes',
}

/** What algorithms do; those that are missing go by their name. */
export const algorithmTexts: Readonly<Record<string, string>> = {
  best: 'Try the others on samples held out',
  equalize: 'Even out channels',
  gptq: 'Round weights by their inputs (GPTQ)',
  'bias-correction': 'Correct biases',
}

/** Steps of a run, while they are done; those that are missing go by their name. */
export const stepTexts: Readonly<Record<string, string>> = {
  calibrate: 'Observe ranges',
  best: 'Try algorithms',
  equalize: 'Even out channels',
  gptq: 'Round weights',
  'bias-correction': 'Correct biases',
  measure: 'Measure',
}

/** `best-int8` as `Best int8`. */
export const presetTitle = (name: string): string =>
  capital(name).replaceAll('-', ' ').replace('per tensor', 'per-tensor')

/** A method in one line. */
export const methodText = ({ scheme, observer, algorithms }: Method): string =>
  [scheme, observer, ...algorithms].join(' · ')
