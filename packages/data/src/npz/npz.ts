import type { Opener, Sample } from '@quantrx/core'
import { byteSource } from '../byte-source.ts'
import type { ByteSource } from '../byte-source.ts'
import { dataError } from '../data-error.ts'
import { rowLabel } from '../labels/row-label.ts'
import { npyRows } from '../npy/npy.ts'
import { memberSource } from './member-source.ts'
import { zipMembers } from './zip-members.ts'
import type { ZipMember } from './zip-members.ts'

/** Which arrays of a `.npz` file are samples and labels. */
export interface NpzArrays {
  /**
   * Names of the arrays, one for each model input, in their order; by default every array that is not the labels, in the
   * order of the file.
   */
  readonly inputs?: readonly string[] | undefined
  /** Name of the array of class indices; `label`, `labels` or `y` by default, where there is one. */
  readonly label?: string | undefined
}

const labelNames = ['label', 'labels', 'y']

/**
 * An opener for the rows of the arrays in a `.npz` file, stored or compressed: each element of the first dimension is a
 * sample. Read in pieces, so memory does not grow with the file.
 *
 * Errors: `DataError` for damaged files, missing arrays (naming those there are), arrays of different lengths, and labels
 * that are no class index.
 *
 * @example
 * samples(npz(new Uint8Array(await response.arrayBuffer()), { inputs: ['x'], label: 'y' }))
 */
export function npz(source: Uint8Array | Blob, arrays: NpzArrays = {}): Opener {
  return npzRows(() => byteSource('.npz data', source), arrays)
}

/** An opener for the rows of a `.npz` source that `openSource` opens anew for each reading; see {@link npz}. */
export function npzRows(
  openSource: (signal: AbortSignal) => ByteSource | Promise<ByteSource>,
  arrays: NpzArrays = {},
): Opener {
  return async function* (signal) {
    const archive = await openSource(signal)
    try {
      const { inputs, label } = chooseArrays(archive.name, await zipMembers(archive), arrays)
      const rowsOf = (member: ZipMember) => npyRows(() => memberSource(archive, member))(signal)
      yield* inStep(archive.name, inputs.map(rowsOf), label === undefined ? undefined : rowsOf(label))
    } finally {
      await archive.close?.()
    }
  }
}

function chooseArrays(archive: string, members: readonly ZipMember[], { inputs, label }: NpzArrays) {
  const byName = new Map(members.map((member) => [member.name.replace(/\.npy$/, ''), member]))
  const names = [...byName.keys()]
  const named = (name: string): ZipMember => {
    const member = byName.get(name)
    if (member !== undefined) return member
    const expected = `an array "${name}"`
    throw dataError(archive, `arrays ${names.join(', ') || 'none'}`, expected, 'Name the arrays of the file')
  }
  const labels = label ?? labelNames.find((name) => byName.has(name) && inputs?.includes(name) !== true)
  const samples = inputs ?? names.filter((name) => name !== labels)
  if (samples.length === 0) throw dataError(archive, 'no arrays', 'at least one that holds the samples')
  return { inputs: samples.map(named), label: labels === undefined ? undefined : named(labels) }
}

/** One row of every array at a time. */
async function* inStep(
  archive: string,
  inputs: readonly AsyncIterable<Sample>[],
  labels: AsyncIterable<Sample> | undefined,
): AsyncGenerator<Sample> {
  const readers = [...inputs, ...(labels === undefined ? [] : [labels])].map((each) =>
    each[Symbol.asyncIterator](),
  )
  try {
    for (let index = 0; ; index++) {
      const rows = await Promise.all(readers.map(async (reader) => reader.next()))
      const ended = rows.filter(({ done }) => done === true).length
      if (ended === rows.length) return
      if (ended > 0)
        throw dataError(
          archive,
          `an array of ${index} rows beside longer ones`,
          'as many rows in every array',
        )
      const tensors = rows.flatMap(({ value }) => (value as Sample).inputs)
      yield labels === undefined
        ? { index, inputs: tensors }
        : {
            index,
            inputs: tensors.slice(0, -1),
            label: rowLabel(`${archive}, row ${index}`, tensors.at(-1)?.data ?? []),
          }
    }
  } finally {
    for (const reader of readers) await reader.return?.()
  }
}
