import { unzipSync } from 'fflate'
import { describeWithFixtures, fixturePath, goldenCases, readFixture } from '@quantrx/testing'
import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { archiveMembers } from '../archive/archive.ts'
import { readModel } from './read.ts'
import { exampleModel, withoutOffsets } from './example-model.conformance.ts'
import type { Model } from '../types.ts'
import { writeModel } from './write.ts'

it('keeps every field of every table of the schema', () => {
  const model = exampleModel()
  expect(withoutOffsets(readModel(writeModel(model)))).toEqual(withoutOffsets(model))
})

it('writes the same bytes for the same model', () => {
  const written = writeModel(exampleModel())
  expect(writeModel(exampleModel())).toEqual(written)
  expect(writeModel(readModel(written))).toEqual(written)
})

it('keeps the bytes behind the FlatBuffer, and only them', () => {
  const trailing = Uint8Array.from({ length: 37 }, (_, at) => at + 1)
  const model = { ...exampleModel(), trailing }
  const bytes = writeModel(model)
  expect(readModel(bytes).trailing).toEqual(trailing)
  expect(withoutOffsets(readModel(bytes))).toEqual(withoutOffsets(model))
  expect(readModel(writeModel(exampleModel())).trailing).toBeUndefined()
})

it('aligns buffers to 16 bytes', () => {
  const buffers = Array.from({ length: 20 }, (_, at) => ({
    data: new Uint8Array(at).fill(at),
    offset: 0n,
    size: 0n,
  }))
  const bytes = writeModel({ version: 3, buffers })
  for (const { data } of readModel(bytes).buffers ?? []) {
    expect(((data?.byteOffset ?? 0) - bytes.byteOffset) % 16).toBe(0)
  }
})

it('stores equal vectors and strings once', () => {
  const zeroPoint = new Array<bigint>(1000).fill(0n)
  const tensors = (count: number) =>
    Array.from({ length: count }, (_, buffer) => ({
      ...{ name: 'a long name that all of them share', type: 'INT8' as const, shape: [1, 2, 3], buffer },
      ...{
        isVariable: false,
        hasRank: false,
        externalBuffer: 0,
        quantization: { zeroPoint, quantizedDimension: 0 },
      },
    }))
  const size = (count: number): number =>
    writeModel({ version: 3, subgraphs: [{ tensors: tensors(count), debugMetadataIndex: -1 }] }).length
  expect(size(11) - size(1)).toBeLessThan(10 * 64)
})

it('reads weights without copying them', () => {
  const bytes = writeModel(exampleModel())
  const weights = readModel(bytes).buffers?.find(({ data }) => (data?.length ?? 0) > 0)?.data
  expect(weights?.buffer).toBe(bytes.buffer)
})

it('keeps names that are no UTF-8', () => {
  const bytes = writeModel({ version: 3, description: 'x\uDC80\uDCFFy' })
  expect(Array.from(bytes).join()).toContain([0x78, 0x80, 0xff, 0x79].join())
  expect(readModel(bytes).description).toBe('x\uDC80\uDCFFy')
})

it('carries values of enumerations that are newer than the schema', () => {
  const operatorCodes = [{ builtinCode: 'UNKNOWN_999' as const, deprecatedBuiltinCode: 127, version: 1 }]
  expect(readModel(writeModel({ version: 3, operatorCodes })).operatorCodes).toEqual(operatorCodes)
})

it('names the value that an enumeration does not have', () => {
  const operatorCodes = [{ builtinCode: 'NO_SUCH' as 'ADD', deprecatedBuiltinCode: 0, version: 1 }]
  expect(() => writeModel({ version: 3, operatorCodes })).toThrow(
    '[model] "operatorCodes[0].builtinCode": got NO_SUCH',
  )
})

it('refuses to drop fields it could not read, unless asked to', () => {
  const model = { ...exampleModel(), unknownFields: ['subgraphs[0].field 99'] }
  expect(() => writeModel(model)).toThrow(
    '[model] "subgraphs[0].field 99": got a field that is newer than the schema',
  )
  const written = readModel(writeModel(model, { dropUnknownFields: true }))
  expect(withoutOffsets(written)).toEqual(withoutOffsets(exampleModel()))
})

/** Bytes as texts, which compare fast. */
const withTexts = ({ buffers, ...others }: Partial<Model>) => ({
  ...others,
  buffers: buffers?.map(({ data, ...buffer }) => ({
    ...buffer,
    data: data && Buffer.from(data).toString('latin1'),
  })),
})

describeWithFixtures('real models survive reading and writing', () => {
  const single = readdirSync(fixturePath('golden/ai_edge_models')).filter((name) => !name.endsWith('.json'))
  const files = [
    ...readdirSync(fixturePath('data/models')).map((name) => ['data/models', name] as const),
    ...single.map((name) => [`golden/ai_edge_models/${name}`, `${name}.tflite`] as const),
  ]

  it.each(files)('%s/%s', (folder, name) => {
    const model = readModel(readFixture(folder, name))
    const written = writeModel(model)
    const again = readModel(written)
    // The offsets of an archive move.
    expect(withTexts({ ...again, trailing: new Uint8Array() })).toEqual(
      withTexts({ ...model, trailing: new Uint8Array() }),
    )
    expect(again.trailing?.length).toBe(model.trailing?.length)
    expect(archiveMembers(again)).toEqual(archiveMembers(model))
    expect(Buffer.compare(writeModel(readModel(written)), written)).toBe(0)
  })

  it("writes the publishers' files smaller than they came", () => {
    for (const name of ['resnet8_cifar10_int8_official', 'kws_dscnn_int8_official']) {
      const bytes = readFixture('data/models', `${name}.tflite`)
      expect(writeModel(readModel(bytes)).length).toBeLessThan(bytes.length)
    }
  })

  it('moves the archive behind a model with metadata, whose offsets count from the start of the file', () => {
    const bytes = readFixture('data/models/mobilenet_v1_0.25_224_uint8_qat_official.tflite')
    const written = writeModel(readModel(bytes))
    expect(written.length).not.toBe(bytes.length)
    expect(archiveMembers(readModel(written))).toEqual([{ name: 'labels.txt', bytes: 10_484 }])
    expect(unzipSync(written)).toEqual(unzipSync(bytes))
  })

  it.each(['CONV_2D', 'STRIDED_SLICE', 'RESIZE_BILINEAR', 'PRELU', 'BATCH_MATMUL', 'CONV_2D.int4w'])(
    'single-operator models of %s',
    (name) => {
      for (const { model: bytes } of goldenCases(name)) {
        const model = readModel(bytes)
        expect(readModel(writeModel(model))).toEqual(model)
      }
    },
  )
})
