import type { Range } from '@quantrx/core'

/** Everything a report shows, as plain data: what was done to which model with which data, and what came of it. */
export interface ReportDocument {
  /** Heading of the page, such as the model's name. */
  readonly title: string
  readonly source: FileFacts
  readonly result: FileFacts
  readonly calibration: DataFacts
  /** The samples that accuracy was measured on. */
  readonly test: DataFacts
  /** How many of them layers and activations were looked into with. */
  readonly inspected: number
  readonly scheme: string
  readonly observer: string
  readonly measures: readonly Measure[]
  /** Median milliseconds of an inference on the machine that made the report. */
  readonly latency?: Comparison
  readonly floatOperators: readonly FloatOperatorFacts[]
  /** In the order of execution. */
  readonly layers: readonly LayerFacts[]
  readonly tensors: readonly TensorFacts[]
  readonly weights: readonly WeightFacts[]
  readonly disagreements: readonly Disagreement[]
  /** Names of the classes in the order of the outputs, where they are known. */
  readonly classNames?: readonly string[]
  /** The candidates that the result was chosen among, where there were several. */
  readonly sweep?: SweepFacts
  /** What was tried, what it gained and whether it was taken: a sentence each. */
  readonly decisions?: readonly string[]
  /** The options that a config file gave, where one did. */
  readonly config?: ConfigFacts
  /** Settings by which the result can be made again. */
  readonly recipe: Readonly<Record<string, unknown>>
}

/** A config file and the options in force that came from it. */
export interface ConfigFacts {
  readonly file: string
  /** By their names in the file. */
  readonly options: Readonly<Record<string, string | number | boolean>>
}

/** A model file. */
export interface FileFacts {
  readonly name: string
  readonly bytes: number
  /** Hexadecimal digest of the bytes. */
  readonly sha256: string
}

/** Where samples came from. */
export interface DataFacts {
  readonly name: string
  readonly samples: number
}

/** A figure of the float model and of the integer model; the first is missing where it would say nothing. */
export interface Comparison {
  readonly float?: number
  readonly integer: number
}

/** One measure of accuracy. */
export interface Measure extends Comparison {
  readonly name: string
  readonly unit: 'share' | 'decibels'
}

/** Candidates of one float model, judged by the same samples. */
export interface SweepFacts {
  readonly candidates: readonly SweptFacts[]
  /** Position of the candidate that the rest of the report is about. */
  readonly chosen: number
  readonly float: { readonly bytes: number; readonly medianMs: number; readonly top1?: number }
}

/** One candidate, and how it did. */
export interface SweptFacts {
  readonly scheme: string
  readonly observer: string
  /** Number of samples it was calibrated with. */
  readonly samples: number
  /** What was done to it beyond quantization. */
  readonly algorithms: readonly string[]
  /** Shares from 0 to 1; the first only where there are labels. */
  readonly top1?: number
  readonly agreement: number
  readonly outputSqnrDb: number
  readonly bytes: number
  readonly medianMs: number
  /** True where no other candidate is at least as accurate, small and fast, and better in one of these. */
  readonly pareto: boolean
  /** Position of an earlier candidate with the same bytes. */
  readonly sameAs?: number
}

/** An operator that stayed float. */
export interface FloatOperatorFacts {
  readonly index: number
  readonly kind: string
  readonly reason: string
}

/** One operator, by its output. */
export interface LayerFacts {
  readonly index: number
  readonly kind: string
  readonly name: string
  /** Signal-to-quantization-noise ratio in dB; Infinity for an exact layer. */
  readonly sqnrDb: number
  readonly maxAbs: number
  /** Median microseconds. */
  readonly latency?: Comparison
}

/** Counts of values in bins of one width. */
export interface HistogramFacts {
  /** Lower end of the first bin. */
  readonly start: number
  readonly width: number
  readonly counts: readonly number[]
}

/** An activation: what was seen of it, and the ranges that strategies chose. */
export interface TensorFacts {
  readonly name: string
  readonly histogram: HistogramFacts
  readonly ranges: readonly (Range & { readonly strategy: string })[]
  /** Share of the values that the range of the result cuts off. */
  readonly saturated: number
  /** Share of the integers of the result that no value uses, at the two ends of the range; 0 where all are used. */
  readonly unused: number
}

/** The weights of one operator. */
export interface WeightFacts {
  readonly index: number
  readonly name: string
  /** Smallest and largest weight of each output channel. */
  readonly channels: readonly Range[]
}

/** A sample on which the two models disagree. */
export interface Disagreement {
  readonly sample: number
  readonly name?: string
  readonly label?: number
  readonly float: Guess
  readonly integer: Guess
  /** The input, where it is a picture. */
  readonly picture?: Picture
}

/** The class with the highest score. */
export interface Guess {
  readonly class: number
  readonly score: number
}

/** Pixels from 0 to 255, row by row, 1 or 3 channels. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  readonly pixels: Uint8Array
}
