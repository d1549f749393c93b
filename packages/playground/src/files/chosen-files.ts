import type { ChosenFile, ChosenSamples } from '../worker/messages.ts'

const extensionOf = (path: string): string => /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''

/** True for the names of model files. */
export const isModel = ({ path }: Pick<ChosenFile, 'path'>): boolean => extensionOf(path) === 'tflite'

/** Files that somebody chose with a button. */
export function filesOfInput(files: Iterable<File>): readonly ChosenFile[] {
  return Array.from(files, (file) => ({
    path: withoutFirstFolder(file.webkitRelativePath) || file.name,
    file,
  }))
}

/** Files and folders that somebody dropped; call it within the event, for what was dropped is forgotten after it. */
export async function filesOfDrop(transfer: DataTransfer): Promise<readonly ChosenFile[]> {
  const entries = Array.from(transfer.items).flatMap((item) => item.webkitGetAsEntry() ?? [])
  if (entries.length === 0) return filesOfInput(transfer.files)
  const files = await Promise.all(entries.map((entry) => filesBelow(entry)))
  const [only] = entries
  return entries.length === 1 && only?.isDirectory === true
    ? files.flat().map(({ path, file }) => ({ path: withoutFirstFolder(path), file }))
    : files.flat()
}

/** Chosen files as samples, called by what the reader would call them. */
export function asSamples(files: readonly ChosenFile[]): ChosenSamples {
  const [first] = files
  return { name: files.length === 1 && first !== undefined ? first.path : `${files.length} files`, files }
}

const withoutFirstFolder = (path: string): string => path.slice(path.indexOf('/') + 1)

async function filesBelow(entry: FileSystemEntry, folder = ''): Promise<readonly ChosenFile[]> {
  const path = folder + entry.name
  if (isFile(entry)) {
    const file = await new Promise<File>((found, failed) => entry.file(found, failed))
    return [{ path, file }]
  }
  const entries = await entriesOf(entry as FileSystemDirectoryEntry)
  return (await Promise.all(entries.map((each) => filesBelow(each, `${path}/`)))).flat()
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile

/** Browsers hand out the entries of a folder bit by bit, until there are none. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((found, failed) => reader.readEntries(found, failed))
    if (some.length === 0) return all
    all.push(...some)
  }
}
