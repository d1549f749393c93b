import type { Opener, Sample } from '@quantrx/core'
import { dataError } from '../data-error.ts'
import { classIndices } from './class-names.ts'
import type { KnownClasses } from './class-names.ts'
import { decodeFile, isSampleFile, sampleExtensions } from './decode-file.ts'
import type { FileDecoding } from './decode-file.ts'

/** A file that becomes one sample. */
export interface SampleFile {
  /** Path with `/` between folders; the first folder, where there is one, names the class, but not in a list that keeps its order. */
  readonly name: string
  /** Class index, where it is known otherwise. */
  readonly label?: number
  read(signal: AbortSignal): Promise<Uint8Array>
}

/** Files and what becomes of them. */
export interface FileSource extends FileDecoding, KnownClasses {
  /** How errors call all of it. */
  readonly name: string
  list(signal: AbortSignal): Promise<readonly SampleFile[]> | readonly SampleFile[]
  /** True where every file of the list is a sample, in this order; otherwise files of other kinds are left out and names give the order. */
  readonly keepOrder?: boolean
}

/**
 * An opener for files that are one sample each, in the order of their names; files of other kinds are left out. Samples carry
 * the file's name. One file is held at a time.
 *
 * Errors: `DataError` naming the file that cannot be decoded, and when there are no files.
 */
export function fileSamples(source: FileSource): Opener {
  return async function* (signal) {
    const listed = await source.list(signal)
    // Whoever wrote a list wants all of it; in a folder, other files may lie around.
    const files = source.keepOrder === true ? listed : usableFiles(listed)
    if (files.length === 0) throw noFiles(source.name, listed.length)
    // Where a list says nothing of classes, the folders of its paths are no classes either.
    const folders = source.keepOrder === true ? [] : files.flatMap((file) => classFolder(file) ?? [])
    const classes = classIndices(folders, source)
    for (const [index, file] of files.entries()) {
      signal.throwIfAborted()
      const input = await decodeFile(file.name, await file.read(signal), source)
      const label = file.label ?? classes.get(classFolder(file) ?? '')
      const sample: Sample = { index, name: file.name, inputs: [input] }
      yield label === undefined ? sample : { ...sample, label }
    }
  }
}

const usableFiles = (listed: readonly SampleFile[]): readonly SampleFile[] =>
  listed.filter(({ name }) => isSampleFile(name)).sort(byName)

const byName = (a: SampleFile, b: SampleFile): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

function classFolder({ name }: SampleFile): string | undefined {
  const slash = name.indexOf('/')
  return slash < 0 ? undefined : name.slice(0, slash)
}

function noFiles(name: string, others: number): Error {
  const found = others === 0 ? 'no files' : `${others} files of other kinds`
  const expected = `files that are samples (.${sampleExtensions.join(', .')})`
  return dataError(name, found, expected, 'Name the folder that holds the samples')
}
