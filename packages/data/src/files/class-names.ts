import { dataError } from '../data-error.ts'

/** What is known of the classes that a model tells apart. */
export interface KnownClasses {
  /** Their names in the order of the model's outputs; alphabetical order of the folders otherwise. */
  readonly classNames?: readonly string[] | undefined
  /**
   * Their names in the same order as the model's publisher gives them: they hold where every folder is named as one of them, and as
   * no other. Advice, so that what does not fit is no error.
   */
  readonly publishedNames?: readonly string[] | undefined
  /** How many there are. */
  readonly classCount?: number | undefined
  /** Told when names of other classes leave the samples without labels: there are so many names. */
  readonly onOtherClasses?: ((names: number) => void) | undefined
}

/**
 * Class indices of folder names: the position in `classNames` where these are given, or in `publishedNames` where
 * all are among these; the numbers themselves where all names are whole numbers; otherwise the position in alphabetical order (by code units), as training tools count classes. None where there
 * are more or fewer names than classes: the order would mean nothing, and accuracy be wrong without a word.
 *
 * @throws DataError for a folder that is none of the classes given.
 *
 * @example
 * classIndices(['dog', 'cat', 'dog']) // Map { 'cat' => 0, 'dog' => 1 }
 */
export function classIndices(
  folders: Iterable<string>,
  { classNames, publishedNames, classCount, onOtherClasses }: KnownClasses = {},
): ReadonlyMap<string, number> {
  const names = [...new Set(folders)].sort()
  if (classNames !== undefined)
    return new Map(names.map((name) => [name, givenClass(name, classNames)] as const))
  if (publishedNames !== undefined) {
    const published = names.map((name) => [name, publishedClass(name, publishedNames)] as const)
    if (published.every(([, index]) => index >= 0)) return new Map(published)
  }
  const numbered = names.every((name) => /^\d+$/.test(name))
  if (names.length > 0 && !numbered && classCount !== undefined && names.length !== classCount) {
    onOtherClasses?.(names.length)
    return new Map()
  }
  return new Map(names.map((name, at) => [name, numbered ? Number(name) : at] as const))
}

/** The class that a publisher gives a name; -1 where there is none, or several have it. */
export function publishedClass(name: string, publishedNames: readonly string[]): number {
  const index = publishedNames.indexOf(name)
  return publishedNames.lastIndexOf(name) === index ? index : -1
}

function givenClass(name: string, classNames: readonly string[]): number {
  const index = classNames.indexOf(name)
  if (index >= 0) return index
  const some = classNames.slice(0, 5).join(', ') + (classNames.length > 5 ? ', …' : '')
  throw dataError(`folder ${name}`, 'no class of that name', `one of ${some}`, 'Rename the folder')
}
