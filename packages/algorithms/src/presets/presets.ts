import type { Scheme } from '@quantrx/schemes'
import type { Balance } from '../equalize/scale-factors.ts'

/** Algorithms in the order in which they are applied: to the model, to the weights, to the biases. */
export const algorithmNames = ['equalize', 'gptq', 'bias-correction'] as const

/** One of {@link algorithmNames}. */
export type AlgorithmName = (typeof algorithmNames)[number]

/** What goes well together; plain data. */
export interface Preset {
  /** What it is good for. */
  readonly purpose: string
  /** Name of a scheme, or a recipe, as `recipe` of `@quantrx/schemes` reads it. */
  readonly scheme:
    string | { readonly name: string; readonly rules: readonly Readonly<Record<string, unknown>>[] }
  /** Name of the observer of ranges. */
  readonly observer: string
  readonly algorithms: readonly AlgorithmName[]
  /** What `equalize` makes alike, where it is one of the algorithms. */
  readonly balance?: Balance
}

/**
 * Combinations to start from; none is made for one model. Measure them on your own samples: where channels differ little, equalizing
 * them costs more than it gains.
 *
 * - Weights with a scale for each channel: channels of activations are made even, weights are rounded by their inputs.
 * - Weights with one scale: channels of weights have to be made even.
 * - Weights of 4 bits: channels as they are, since larger differences within a channel cost more there than even activations gain.
 *
 * `gptq` meets the means of the float layers, so `bias-correction` changes little after it (at most 0.5 dB, either way).
 */
export const presets = {
  default: {
    ...{ purpose: 'what the command line does by itself', scheme: 'int8', observer: 'minmax' },
    algorithms: ['bias-correction'],
  },
  'best-int8': {
    ...{ purpose: 'the most accurate int8', scheme: 'int8', observer: 'mse' },
    ...{ algorithms: ['equalize', 'gptq'], balance: 'activations' },
  },
  'best-int8-per-tensor': {
    ...{ purpose: 'for runtimes without scales per channel', scheme: 'int8-per-tensor', observer: 'minmax' },
    ...{ algorithms: ['equalize', 'gptq', 'bias-correction'], balance: 'weights' },
  },
  'best-int4': {
    purpose: 'half the size: weights of 4 bits where they harm least',
    scheme: {
      name: 'int4-inner',
      rules: [
        { scheme: 'int4' },
        { operators: 'DEPTHWISE_CONV_2D', scheme: 'int8' },
        { position: 'first', scheme: 'int8' },
        { position: 'last', scheme: 'int8' },
      ],
    },
    ...{ observer: 'minmax', algorithms: ['gptq'] },
  },
} as const satisfies Readonly<Record<string, Preset>>

/**
 * What `equalize` should make alike for a scheme: weights where those of most operators have one scale as a whole, which the last rule
 * for every operator says; activations where channels have their own.
 */
export function balanceFor({ rules = [] }: Pick<Scheme, 'rules'>): Balance {
  const treatment = rules.findLast(({ where }) => where.every(choosesAll))?.treatment
  if (treatment === undefined || !('weights' in treatment) || treatment.weights === 'float16')
    return 'activations'
  return treatment.weights.granularity.kind === 'tensor' ? 'weights' : 'activations'
}

const choosesAll = (selector: object): boolean =>
  Object.values(selector).every((value) => value === undefined)
