import { isQuantrxError, seededRandom } from '@quantrx/core'
import type { Random } from '@quantrx/core'
import { describeWithFixtures, readFixture } from '@quantrx/testing'
import { Builder } from 'flatbuffers'
import { describe, expect, it } from 'vitest'
import { exampleModel } from './example-model.conformance.ts'
import { readModel } from './read.ts'
import { writeModel } from './write.ts'

/** Reads hostile bytes: a model or a ModelFormatError comes out, anything else is thrown. */
function readHostile(bytes: Uint8Array): 'model' | 'refused' {
  try {
    readModel(bytes)
    return 'model'
  } catch (error) {
    if (isQuantrxError(error) && error.name === 'ModelFormatError') return 'refused'
    throw error
  }
}

const mutations: readonly ((bytes: Uint8Array, random: Random) => Uint8Array)[] = [
  function flipBits(bytes, random) {
    const copy = bytes.slice()
    for (let flips = 1 + random.integer(8); flips > 0; flips--) {
      const at = structureByte(copy, random)
      copy[at] = copy[at]! ^ (1 << random.integer(8))
    }
    return copy
  },
  function truncate(bytes, random) {
    return bytes.slice(0, random.integer(bytes.length))
  },
  function spliceOffset(bytes, random) {
    const copy = bytes.slice()
    const at = structureByte(copy, random) & ~3
    const values = [
      0,
      1,
      4,
      0x7fffffff,
      0x80000000,
      0xffffffff,
      copy.length - at,
      random.integer(copy.length),
    ]
    if (at + 4 <= copy.length)
      new DataView(copy.buffer).setUint32(at, values[random.integer(values.length)]!, true)
    return copy
  },
]

/** Half of the changes hit the first kilobyte or the last four, where the tables of small files stand. */
function structureByte({ length }: Uint8Array, random: Random): number {
  const choice = random.integer(4)
  if (choice === 0) return random.integer(Math.min(length, 1024))
  if (choice === 1) return length - 1 - random.integer(Math.min(length, 4096))
  return random.integer(length)
}

describeWithFixtures('20,000 mutations of real models', () => {
  const files: readonly (readonly [file: string, cases: number])[] = [
    ['data/models/kws_dscnn_int8_official.tflite', 5000],
    ['data/models/resnet8_cifar10_int8_official.tflite', 5000],
    ['data/models/mnist_conv_fc_float.tflite', 4000],
    ['golden/ai_edge_models/dynamic_update_slice/dynamic_update_slice.tflite', 5000],
    ['data/models/mobilenet_v1_0.25_224_uint8_qat_official.tflite', 1000],
  ]

  it.each(files)('%s, %i cases: a model or a ModelFormatError, none over 2 s', (file, cases) => {
    const bytes = readFixture(file)
    const random = seededRandom(cases)
    const counts = { model: 0, refused: 0 }
    let slowest = 0
    for (let round = 0; round < cases; round++) {
      const mutated = mutations[round % mutations.length]!(bytes, random)
      const started = performance.now()
      counts[readHostile(mutated)]++
      slowest = Math.max(slowest, performance.now() - started)
    }
    expect(counts.model + counts.refused).toBe(cases)
    expect(counts.refused).toBeGreaterThan(cases / 10)
    expect(slowest).toBeLessThan(2000)
  })
})

/** A file whose root table has the given vector of offsets in the slot of `buffers`. */
function fileWith(build: (builder: Builder) => number, slot: number): Uint8Array {
  const builder = new Builder(1024)
  const vector = build(builder)
  builder.startObject(10)
  builder.addFieldOffset(slot, vector, 0)
  builder.finish(builder.endObject(), 'TFL3')
  return builder.asUint8Array()
}

describe('crafted attacks', () => {
  it('refuses a vector that is longer than the file', () => {
    const bytes = fileWith((builder) => {
      builder.startVector(4, 1, 4)
      builder.addInt32(0)
      return builder.endVector()
    }, 4)
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    for (let at = 8; at + 4 <= bytes.length; at += 4)
      if (view.getUint32(at, true) === 1) view.setUint32(at, 0x3fffffff, true)
    expect(() => readModel(bytes)).toThrow(/^\[model\] "buffers": got a vector of 1073741823 elements/)
  })

  it('refuses a table that is its own vtable', () => {
    const bytes = writeModel({ version: 3 })
    const root = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
    new DataView(bytes.buffer, bytes.byteOffset).setInt32(root, 0, true)
    expect(readHostile(bytes)).toBe('refused')
  })

  it('bounds what overlapping vectors can make it allocate', () => {
    // Every one of many offsets points into one long run of ones: each is the length of another vector of tensors.
    const count = 20_000
    const bytes = fileWith((builder) => {
      builder.startVector(4, count, 4)
      for (let at = 0; at < count; at++) builder.addInt32(4 * (count / 2))
      return builder.endVector()
    }, 5)
    const before = process.memoryUsage().heapUsed
    readHostile(bytes)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(10 * bytes.length + 2 ** 22)
  })

  it('decodes shared tables once', () => {
    const count = 50_000
    const bytes = fileWith((builder) => {
      builder.startObject(6)
      const graph = builder.endObject()
      builder.startVector(4, count, 4)
      for (let at = 0; at < count; at++) builder.addOffset(graph)
      return builder.endVector()
    }, 2)
    const { subgraphs = [] } = readModel(bytes)
    expect(subgraphs).toHaveLength(count)
    expect(subgraphs[0]).toBe(subgraphs[count - 1])
  })

  it.each([
    ['no bytes', new Uint8Array(), 'got 0 bytes, expected at least the 8 bytes of a header'],
    ['another format', new TextEncoder().encode('PK\x03\x04 not a model'), 'expected "TFL3"'],
  ])('names %s', (_, bytes, message) => {
    expect(() => readModel(bytes)).toThrow(message)
  })

  it('tells the path to the fault', () => {
    const bytes = writeModel(exampleModel())
    const { subgraphs } = readModel(bytes)
    const name = subgraphs?.[0]?.tensors?.[0]?.name ?? ''
    const at = Buffer.from(bytes).indexOf(Buffer.from(name))
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(at - 4, 0x7fffffff, true)
    expect(() => readModel(bytes)).toThrow(
      /^\[model\] "subgraphs\[0\]\.tensors\[\d\]\.\w+": got a vector of 2147483647/,
    )
  })
})

it('reports fields that are newer than the schema', () => {
  const builder = new Builder(64)
  builder.startObject(12)
  builder.addFieldInt32(0, 3, 0)
  builder.addFieldInt32(11, 42, 0)
  builder.finish(builder.endObject(), 'TFL3')
  expect(readModel(builder.asUint8Array()).unknownFields).toEqual(['field 11'])
})
