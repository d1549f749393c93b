import type { Balance } from '../equalize/scale-factors.ts'
import type { AlgorithmName } from '../improve/algorithm-names.ts'

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
 * Combinations to start from; none is made for one model.
 *
 * - Weights with a scale for each channel: what helps differs from model to model, so `best` tries it on samples held out from the
 *   calibration.
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
    ...{ purpose: 'the most accurate int8', scheme: 'int8', observer: 'minmax' },
    algorithms: ['best'],
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
