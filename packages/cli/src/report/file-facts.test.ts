import { expect, it } from 'vitest'
import { fileFacts } from './file-facts.ts'

it('names a file without its folders and hashes what is in it', async () => {
  const abc = Uint8Array.of(97, 98, 99)
  const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  expect(await fileFacts('some/where/a.tflite', abc)).toEqual({ name: 'a.tflite', bytes: 3, sha256 })
  expect((await fileFacts('C:\\where\\b.tflite', abc)).name).toBe('b.tflite')
})
