import { UsageError } from '@quantrx/core'
import type { Opener } from '@quantrx/core'
import { randomSamples } from '@quantrx/data'
import { openDataFile } from '@quantrx/data/node'
import { dataTypeOf } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { InvalidArgumentError } from 'commander'
import type { Command } from 'commander'
import type { Environment } from '../environment.ts'

/** The options that choose and prepare samples, the same for every command that reads data. */
export interface DataOptions {
  readonly data?: string
  readonly labels?: string
  readonly column?: string
  readonly normalize?: Normalization
  readonly rows?: RowRange
  readonly randomSamples?: number
  readonly seed: number
}

/** Maps x to (x - mean) / std. */
export interface Normalization {
  readonly mean: number
  readonly std: number
}

/** Half-open slice of the rows of a source. */
export interface RowRange {
  readonly start: number
  readonly end?: number
}

/** Adds the options of {@link DataOptions} to a command. */
export function addDataOptions(command: Command): Command {
  return command
    .option('--data <file>', 'samples: .npy, .arrow, .arrows or .feather')
    .option('--labels <file>', 'class indices: .npy or .csv (file.csv#column, default column "label")')
    .option('--column <name>', 'column of an Arrow file that holds the samples')
    .option('--normalize <mean,std>', 'map every value x to (x - mean) / std', parseNormalization)
    .option('--rows <a:b>', 'use rows a (included) to b (excluded); either may be left out', parseRows)
    .option('--random-samples <n>', 'use n random samples in place of --data, to try a model out', parseCount)
    .option('--seed <n>', 'seed of the random samples', parseSeed, 0)
}

/**
 * The samples that the options ask for.
 *
 * @throws UsageError without a source, or with two.
 */
export async function openSamples(
  options: DataOptions,
  model: Model,
  environment: Environment,
): Promise<Opener> {
  const { data, labels, column, normalize, rows, randomSamples: count, seed } = options
  if ((data === undefined) === (count === undefined)) {
    throw new UsageError({
      stage: 'command',
      subject: '--data',
      found: data === undefined ? 'neither --data nor --random-samples' : 'both --data and --random-samples',
      expected: 'one of them',
      nextStep: 'Give samples with --data FILE',
    })
  }
  if (data !== undefined) {
    return openDataFile(data, {
      ...(labels === undefined ? {} : { labels }),
      ...(column === undefined ? {} : { column }),
      ...(normalize === undefined ? {} : { normalize }),
      ...(rows === undefined ? {} : { rows }),
    })
  }
  environment.stderr('quantrx: samples are random: ranges and accuracy mean nothing\n')
  return randomSamples({ inputs: inputShapes(model), count: count ?? 0, seed })
}

function inputShapes(model: Model) {
  const graph = model.subgraphs?.[0]
  return (graph?.inputs ?? []).map((index) => {
    const tensor = graph?.tensors?.[index]
    return { shape: tensor?.shape ?? [], type: (tensor && dataTypeOf(tensor)) ?? ('float32' as const) }
  })
}

function parseNormalization(text: string): Normalization {
  const [mean, std, ...rest] = text.split(',').map(Number)
  if (mean === undefined || std === undefined || rest.length > 0 || !Number.isFinite(mean) || !(std > 0)) {
    throw new InvalidArgumentError('Expected MEAN,STD with STD above 0, such as 127.5,127.5.')
  }
  return { mean, std }
}

function parseRows(text: string): RowRange {
  const match = /^(\d*):(\d*)$/.exec(text)
  const start = Number(match?.[1] ?? 0)
  const end = match?.[2] ? Number(match[2]) : undefined
  if (match === null || (end !== undefined && end <= start)) {
    throw new InvalidArgumentError('Expected A:B with A below B, such as 200:1000, 200: or :1000.')
  }
  return end === undefined ? { start } : { start, end }
}

/** Parses a count of 1 or more. */
export function parseCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1)
    throw new InvalidArgumentError('Expected a whole number of 1 or more.')
  return count
}

function parseSeed(text: string): number {
  const seed = Number(text)
  if (!Number.isInteger(seed)) throw new InvalidArgumentError('Expected a whole number.')
  return seed
}
