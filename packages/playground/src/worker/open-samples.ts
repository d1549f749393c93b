import { DataError } from '@quantrx/core'
import type { Opener } from '@quantrx/core'
import { canvasDecoder, fileSamples, labelsFromCsv, npy, npz, withLabels } from '@quantrx/data'
import type { InputTarget } from '@quantrx/data'
import type { ChosenFile, ChosenSamples } from './messages.ts'

type Format = (file: File, target: InputTarget | undefined, names: ClassNames) => Opener | Promise<Opener>

/** Names of classes as the model's publisher gives them. */
type ClassNames = readonly string[] | undefined

// Loaded only for data of these kinds: each needs more code than the pipeline's smallest stages together.
const arrowFormat: Format = async (file) => (await import('@quantrx/data/arrow')).arrow(file)
const parquetFormat: Format = async (file, target, publishedNames) =>
  (await import('@quantrx/data/parquet')).parquet(file, {
    ...(target === undefined ? {} : { target }),
    publishedNames,
  })

/** Formats of files that hold many samples, by extension. */
const formats: Readonly<Record<string, Format>> = {
  arrow: arrowFormat,
  arrows: arrowFormat,
  feather: arrowFormat,
  parquet: parquetFormat,
  npy: (file) => npy(file),
  npz: (file) => npz(file),
}

const extensionOf = ({ path }: ChosenFile): string => /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''

/**
 * An opener for what somebody chose: one file of many samples, with a `.csv` of labels beside it or without, or files that are
 * a sample each, whose first folder names the class.
 *
 * @param target The model input that images and sounds become.
 * @param publishedNames Names of the classes in the order of the outputs, as the model's metadata says.
 * @throws DataError for files of other kinds, and for several files of many samples.
 */
export async function openChosen(
  { name, files }: ChosenSamples,
  target: InputTarget | undefined,
  publishedNames?: ClassNames,
): Promise<Opener> {
  const sets = files.filter((file) => extensionOf(file) in formats)
  const [set] = sets
  const isSet = set !== undefined && (sets.length === 1 || extensionOf(set) !== 'npy')
  if (!isSet) return openEach({ name, files }, target, publishedNames)
  const others = files.filter((file) => file !== set && extensionOf(file) !== 'csv')
  if (others.length > 0) throw severalSets(name, set, others)
  const open = await formats[extensionOf(set)]!(set.file, target, publishedNames)
  const labels = files.find((file) => extensionOf(file) === 'csv')
  if (labels === undefined) return open
  return withLabels(open, labelsFromCsv(await labels.file.text(), 'label', labels.path))
}

/** Several `.npy` files are a sample each, like images and sounds. */
function openEach(
  { name, files }: ChosenSamples,
  target: InputTarget | undefined,
  publishedNames: ClassNames,
): Opener {
  const list = files.map(({ path, file }) => ({
    name: path,
    read: async () => new Uint8Array(await file.arrayBuffer()),
  }))
  return fileSamples({ name, target, publishedNames, list: () => list, imageDecoder: () => canvasDecoder })
}

function severalSets(name: string, set: ChosenFile, others: readonly ChosenFile[]): DataError {
  return new DataError({
    ...{
      stage: 'data',
      subject: name,
      found: `${set.path} and ${others.map(({ path }) => path).join(', ')}`,
    },
    expected: 'one file of samples, or files that are a sample each',
    nextStep: 'Choose one file of samples, and a .csv of labels if there is one',
  })
}
