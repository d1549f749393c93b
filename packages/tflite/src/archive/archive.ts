import { decodeText } from '../codec/utf8.ts'
import type { Model } from '../types.ts'
import { locateDirectory } from './locate-directory.ts'

/** A file in the archive behind a model, such as a list of labels. */
export interface ArchiveMember {
  readonly name: string
  /** Size of its content. */
  readonly bytes: number
}

/** The files in the zip archive behind a model; none where there is no archive. */
export function archiveMembers({ trailing }: Pick<Model, 'trailing'>): readonly ArchiveMember[] {
  if (trailing === undefined) return []
  return (locateDirectory(trailing)?.entries ?? []).map(({ nameAt, nameBytes, size }) => ({
    name: decodeText(trailing.subarray(nameAt, nameAt + nameBytes)),
    bytes: size,
  }))
}
