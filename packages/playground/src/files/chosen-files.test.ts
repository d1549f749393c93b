import { expect, it } from 'vitest'
import { asSamples, filesOfDrop, filesOfInput, isModel } from './chosen-files.ts'

const file = (name: string): File => new File([], name)

/** A dropped file or folder, as browsers describe it; folders hand out one entry at a time. */
function entry(name: string, children?: readonly object[]): object {
  if (children === undefined)
    return { name, isFile: true, file: (found: (f: File) => void) => found(file(name)) }
  const createReader = () => {
    const left = [...children]
    return { readEntries: (found: (some: object[]) => void) => found(left.splice(0, 1)) }
  }
  return { name, isFile: false, isDirectory: true, createReader }
}

const dropped = (...entries: readonly object[]) =>
  filesOfDrop({
    items: entries.map((each) => ({ webkitGetAsEntry: () => each })),
    files: [],
  } as unknown as DataTransfer)

const paths = (files: readonly { readonly path: string }[]): readonly string[] =>
  files.map(({ path }) => path)

it('reads a dropped folder to the bottom, without its own name', async () => {
  const photos = entry('photos', [
    entry('cat', [entry('1.png'), entry('2.png')]),
    entry('dog', [entry('3.png')]),
  ])
  expect(paths(await dropped(photos))).toEqual(['cat/1.png', 'cat/2.png', 'dog/3.png'])
})

it('takes several dropped folders as classes', async () => {
  const files = await dropped(entry('cat', [entry('1.png')]), entry('dog', [entry('2.png')]))
  expect(paths(files)).toEqual(['cat/1.png', 'dog/2.png'])
})

it('reads chosen files, and chosen folders without their own name', () => {
  const inFolder = Object.assign(file('1.png'), { webkitRelativePath: 'photos/cat/1.png' })
  const alone = Object.assign(file('x.npy'), { webkitRelativePath: '' })
  expect(paths(filesOfInput([inFolder, alone]))).toEqual(['cat/1.png', 'x.npy'])
})

it('calls one file by its name, and more by their number', () => {
  const one = { path: 'x.npy', file: file('x.npy') }
  expect([asSamples([one]).name, asSamples([one, one]).name]).toEqual(['x.npy', '2 files'])
  expect([isModel({ path: 'a.TFLITE' }), isModel(one)]).toEqual([true, false])
})
