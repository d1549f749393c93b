import { UsageError } from '@quantrx/core'
import type { Opener } from '@quantrx/core'
import { defaultImagePreparation, randomSamples } from '@quantrx/data'
import type { ImagePreparation, InputTarget, Normalization } from '@quantrx/data'
import { openDataFile, readClassNames } from '@quantrx/data/node'
import type { DataFileOptions } from '@quantrx/data/node'
import { dataTypeOf } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'
import { optionGroup } from '../command-line/option-group.ts'
import type { Environment } from '../environment.ts'
import { classCount, publishedClassNames, tellOtherClasses } from './model-classes.ts'
import { breathing } from './breathing.ts'
import { normalizedAsPublished } from './published-normalization.ts'

/** The options that choose and prepare samples, the same for every command that reads data. */
export interface DataOptions {
  readonly data?: string
  readonly labels?: string
  readonly column?: string
  readonly labelColumn?: string
  readonly classes?: string
  readonly normalize?: Normalization
  readonly fit?: ImagePreparation['fit']
  readonly cropFraction?: number
  readonly colorOrder?: ImagePreparation['colorOrder']
  readonly rows?: RowRange
  readonly randomSamples?: number
  readonly seed: number
}

/** Half-open slice of the rows of a source. */
export interface RowRange {
  readonly start: number
  readonly end?: number
}

/** Adds the options of {@link DataOptions} to a command. */
export function addDataOptions(command: Command): Command {
  return optionGroup(command, 'Samples', addSampleOptions)
}

function addSampleOptions(command: Command): Command {
  return command
    .option(
      '--data <source>',
      'samples: .npy, .npz, .arrow, .arrows, .feather, .parquet, .csv of paths, an address of one, or a folder of images, sounds or arrays',
    )
    .option('--labels <file>', 'class indices: .npy or .csv (file.csv#column, default column "label")')
    .option(
      '--column <name>',
      'column or array of the data that holds the samples (.npz: x,y for several inputs)',
    )
    .option('--label-column <name>', 'column or array of the data that holds the labels')
    .option(
      '--classes <file>',
      'names of the classes, a line each, in the order of the outputs (default: as the metadata says, or alphabetical)',
    )
    .option(
      '--normalize <mean,std>',
      'map every value x to (x - mean) / std; a:b:c,d:e:f gives each channel its own (default: pixels as the metadata says)',
      parseNormalization,
    )
    .addOption(
      new Option('--fit <how>', 'how images of another ratio fill the input (default: crop)').choices([
        'stretch',
        'crop',
        'pad',
      ] satisfies ImagePreparation['fit'][]),
    )
    .option(
      '--crop-fraction <part>',
      'part of the shorter side of images that is kept, above 0 to 1, with --fit crop (default: 1)',
      parseFraction,
    )
    .addOption(
      new Option('--color-order <order>', 'order of the colors of images (default: rgb)').choices([
        'rgb',
        'bgr',
      ] satisfies ImagePreparation['colorOrder'][]),
    )
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
  const { data, randomSamples: count, seed } = options
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
    const classes = { classCount: classCount(model), onOtherClasses: tellOtherClasses(model, environment) }
    const open = breathing(await openDataFile(data, { ...(await fileOptions(options, model)), ...classes }))
    return options.normalize === undefined ? normalizedAsPublished(open, model, environment) : open
  }
  environment.stderr('quantrx: samples are random: ranges and accuracy mean nothing\n')
  return breathing(randomSamples({ inputs: inputShapes(model), count: count ?? 0, seed }))
}

async function fileOptions(options: DataOptions, model: Model): Promise<DataFileOptions> {
  const { labels, column, labelColumn, classes, normalize, rows } = options
  const classNames = classes === undefined ? undefined : await readClassNames(classes)
  return {
    ...{ target: inputShapes(model)[0], images: imagePreparation(options), classNames },
    publishedNames: await publishedClassNames(model),
    ...(labels === undefined ? {} : { labels }),
    ...(column === undefined ? {} : { column }),
    ...(labelColumn === undefined ? {} : { labelColumn }),
    ...(normalize === undefined ? {} : { normalize }),
    ...(rows === undefined ? {} : { rows }),
  }
}

/** What becomes of images, as the options say and otherwise by default. */
export const imagePreparation = ({ fit, cropFraction, colorOrder }: DataOptions): ImagePreparation => ({
  ...defaultImagePreparation,
  ...(fit === undefined ? {} : { fit }),
  ...(cropFraction === undefined ? {} : { cropFraction }),
  ...(colorOrder === undefined ? {} : { colorOrder }),
})

function inputShapes(model: Model): readonly InputTarget[] {
  const graph = model.subgraphs?.[0]
  return (graph?.inputs ?? []).map((index) => {
    const tensor = graph?.tensors?.[index]
    const shape = (tensor?.shape ?? []).map((size) => (size === -1 ? 1 : size))
    return { shape, type: (tensor && dataTypeOf(tensor)) ?? ('float32' as const) }
  })
}

function parseNormalization(text: string): Normalization {
  const parts = text
    .split(',')
    .map((part) => part.split(':').map((each) => (each === '' ? NaN : Number(each))))
  const [means = [], stds = [], ...rest] = parts
  const finite = [...means, ...stds].every(Number.isFinite) && stds.every((std) => std > 0)
  if (parts.length < 2 || rest.length > 0 || !finite) {
    throw new InvalidArgumentError(
      'Expected MEAN,STD with STD above 0, such as 127.5,127.5 or 124:117:104,58:57:57.',
    )
  }
  return { mean: means.length === 1 ? means[0]! : means, std: stds.length === 1 ? stds[0]! : stds }
}

function parseFraction(text: string): number {
  const fraction = Number(text)
  if (!(fraction > 0 && fraction <= 1)) throw new InvalidArgumentError('Expected a number above 0 to 1.')
  return fraction
}

/** Parses a half-open slice of rows, `A:B`. */
export function parseRows(text: string): RowRange {
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
