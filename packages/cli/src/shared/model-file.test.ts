import { closeSync, ftruncateSync, openSync, statfsSync, writeSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWith } from '@quantrx/testing'
import { modelParts, readModel } from '@quantrx/tflite'
import { Builder } from 'flatbuffers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runJson, runMain } from '../run-main.conformance.ts'
import { demoFiles } from './demo-files.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quantrx-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Writes the demo model with all buffers outside the FlatBuffer, and behind them one that is a hole and unused. */
async function writeLarge(path: string, holeBytes: number): Promise<void> {
  const model = readModel(await readFile(demoFiles.model))
  const buffers = model.buffers!.map((buffer) =>
    buffer.data === undefined ? buffer : { ...buffer, offset: 2n },
  )
  const zeros = new Uint8Array(2 ** 23)
  const source = {
    byteLength: holeBytes,
    read: (start: number, end: number) => zeros.subarray(0, end - start),
  }
  const hole = { offset: 2n, size: 0n, outside: { source, start: 0, byteLength: holeBytes } }
  const { byteLength, parts } = modelParts({ ...model, buffers: [...buffers, hole] })
  const file = openSync(path, 'w')
  let position = 0
  for (const part of parts) {
    if (part.buffer !== zeros.buffer) writeSync(file, part, 0, part.length, position)
    position += part.length
  }
  ftruncateSync(file, byteLength)
  closeSync(file)
}

const { bavail, bsize } = statfsSync(tmpdir())
const hasRoom = bavail * bsize > 2 ** 28 && process.platform === 'linux'

describeWith('Linux with room for a sparse file', hasRoom, 'a model over 2 GB', () => {
  it('is read in parts, shown and quantized', async () => {
    const path = join(folder, 'large.tflite')
    const out = join(folder, 'out.tflite')
    await writeLarge(path, 2 ** 31)
    const { bytes, externalBuffers } = await runJson(['inspect', path])
    expect(bytes).toBeGreaterThan(2 ** 31)
    expect((externalBuffers as { bytes: number }).bytes).toBeGreaterThan(2 ** 31)
    await runJson(['quantize', path, '--scheme', 'dynamic', '--out', out])
    await runJson(['quantize', demoFiles.model, '--scheme', 'dynamic', '--out', `${out}.small`])
    const weights = async (file: string) => readModel(await readFile(file)).buffers?.map(({ data }) => data)
    expect(await weights(out)).toEqual(await weights(`${out}.small`))
  })
})

it('refuses to drop fields that are newer before anything else, unless asked to', async () => {
  const builder = new Builder(64)
  builder.startObject(12)
  builder.addFieldInt32(11, 42, 0)
  builder.finish(builder.endObject(), 'TFL3')
  const path = join(folder, 'newer.tflite')
  await writeFile(path, builder.asUint8Array())
  expect((await runJson(['inspect', path]))['unknownFields']).toEqual(['field 11'])
  const argv = ['quantize', path, '--scheme', 'dynamic', '--out', join(folder, 'newer.out.tflite')]
  expect((await runMain(argv)).stderr).toContain('"field 11": got a field that is newer than the schema')
  expect((await runMain([...argv, '--drop-unknown-fields'])).stderr).not.toContain('field 11')
})
