import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWith } from '@quantrx/testing'
import { describe, expect, it } from 'vitest'
import type { ByteSource } from '../byte-source.ts'
import { bufferBytes, isConstant } from '../graph.ts'
import type { Buffer as ModelBuffer, Model } from '../types.ts'
import { modelParts } from './model-parts.ts'
import { readModel } from './read.ts'
import { writeModel } from './write.ts'

const values = (length: number, from: number): Uint8Array => Uint8Array.from({ length }, (_, at) => from + at)
const inside = (data?: Uint8Array): ModelBuffer => ({ offset: 0n, size: 0n, ...(data && { data }) })
const outside = (data: Uint8Array): ModelBuffer => ({ offset: 2n, size: 0n, data })

/** A model with buffers inside and outside, of which two share their bytes, and custom options outside. */
function mixedModel(): Model {
  const shared = values(50, 3)
  const operator = { opcodeIndex: 0, customOptionsFormat: 'FLEXBUFFERS', debugMetadataIndex: -1 } as const
  return {
    version: 3,
    buffers: [inside(), inside(values(2000, 1)), outside(values(33, 9)), outside(shared), outside(shared)],
    subgraphs: [
      {
        debugMetadataIndex: -1,
        operators: [
          {
            ...operator,
            customOptions: values(5, 70),
            largeCustomOptionsOffset: 2n,
            largeCustomOptionsSize: 0n,
          },
        ],
      },
    ],
  }
}

/** A source that is larger than what is read of it at first, and gives copies: the file, and zeros behind it. */
function copying(file: Uint8Array): ByteSource {
  const read = (start: number, end: number): Uint8Array => {
    const bytes = new Uint8Array(end - start)
    bytes.set(file.subarray(start, end))
    return bytes
  }
  return { byteLength: 2 ** 25, read }
}

describe('buffers outside the FlatBuffer', () => {
  it('are found where the file says, and stand there again', () => {
    const model = mixedModel()
    const file = writeModel(model)
    const read = readModel(file)
    expect(read.buffers?.map(({ data }) => data)).toEqual(model.buffers?.map(({ data }) => data))
    for (const { offset, size, data } of read.buffers!.slice(2)) {
      expect(Number(offset) % 16).toBe(0)
      expect(file.subarray(Number(offset), Number(offset) + Number(size))).toEqual(data)
    }
    expect(read.buffers?.[3]?.offset).toBe(read.buffers?.[4]?.offset)
    expect(read.buffers?.[1]?.offset).toBe(0n)
    const [operator] = read.subgraphs![0]!.operators!
    expect(operator?.customOptions).toEqual(values(5, 70))
    expect(Number(operator?.largeCustomOptionsOffset)).toBeGreaterThan(1000)
    expect(writeModel(read)).toEqual(file)
  })

  it('have 16 zeros behind the last one, for kernels that read ahead', () => {
    const file = writeModel(mixedModel())
    expect(file.length % 16).toBe(0)
    expect(file.subarray(-16)).toEqual(new Uint8Array(16))
    expect(readModel(file).trailing).toBeUndefined()
  })

  it('keep the bytes behind them', () => {
    const trailing = values(40, 100)
    const read = readModel(writeModel({ ...mixedModel(), trailing }))
    expect(read.trailing).toEqual(trailing)
    expect(read.buffers?.[2]?.data).toEqual(values(33, 9))
  })

  it('move when the file grows', () => {
    const read = readModel(writeModel(mixedModel()))
    const grown = readModel(writeModel({ ...read, description: 'x'.repeat(1000) }))
    expect(grown.buffers?.[2]?.offset).not.toBe(read.buffers?.[2]?.offset)
    expect(grown.buffers?.[2]?.data).toEqual(values(33, 9))
  })

  it.each([
    [2n ** 40n, 1n],
    [100n, 2n ** 63n],
  ])('are refused when they say to be at %i with %i bytes', (offset, size) => {
    const model = { version: 3, buffers: [inside(), { offset, size }, inside(values(2000, 1))] }
    expect(() => readModel(writeModel(model))).toThrow(
      /^\[model\] "buffers\[1\]\.offset": got bytes \d+ to \d+, expected some inside/,
    )
  })

  it('are read when they are asked for, when the file is not in memory', () => {
    const file = writeModel(mixedModel())
    const read = readModel(copying(file))
    expect(read.buffers?.[3]?.data).toBeUndefined()
    expect(bufferBytes(read.buffers![3]!)).toEqual(values(50, 3))
    expect(bufferBytes(read.buffers![1]!)).toEqual(values(2000, 1))
    const tensor = { type: 'INT8', buffer: 3, isVariable: false, hasRank: false, externalBuffer: 0 } as const
    expect(isConstant(read, tensor)).toBe(true)
    const { trailing: _zeros, ...others } = read
    expect(writeModel(others)).toEqual(file)
  })
})

/** Larger than what `readFile` takes, and what a FlatBuffer can be. */
const weightBytes = 2 ** 31 + 4096
const marks = Uint8Array.of(1, 2, 3, 4, 5)
const zeros = new Uint8Array(2 ** 23)

/** Weights of zeros with marks at both ends. */
const holes: ByteSource = {
  byteLength: weightBytes,
  read(start, end) {
    if (start > 0 && end < weightBytes && end - start <= zeros.length) return zeros.subarray(0, end - start)
    const part = new Uint8Array(end - start)
    if (start === 0) part.set(marks)
    if (end === weightBytes) part.set(marks, part.length - marks.length)
    return part
  },
}

/** Writes a file whose zeros take no room on the disk. */
function writeSparse(path: string, parts: Iterable<Uint8Array>): number {
  const file = openSync(path, 'w')
  let position = 0
  for (const part of parts) {
    const empty = part.length <= zeros.length && Buffer.compare(part, zeros.subarray(0, part.length)) === 0
    if (!empty) writeSync(file, part, 0, part.length, position)
    position += part.length
  }
  ftruncateSync(file, position)
  closeSync(file)
  return position
}

function withFile<Result>(path: string, use: (source: ByteSource) => Result): Result {
  const file = openSync(path, 'r')
  try {
    return use({
      byteLength: fstatSync(file).size,
      read(start, end) {
        const bytes = new Uint8Array(Buffer.allocUnsafeSlow(end - start).buffer)
        readSync(file, bytes, 0, bytes.length, start)
        return bytes
      },
    })
  } finally {
    closeSync(file)
  }
}

const { bavail, bsize } = statfsSync(tmpdir())
const hasRoom = bavail * bsize > 2 ** 28 && process.platform === 'linux'

describeWith('Linux with room for a sparse file', hasRoom, 'files over 2 GB', () => {
  it('are written with all buffers outside, read in parts, and written again without being held in memory', () => {
    const paths = ['first', 'second'].map((name) => join(tmpdir(), `quantrx-${process.pid}-${name}.tflite`))
    try {
      const buffers = [
        inside(),
        { ...inside(), outside: { source: holes, start: 0, byteLength: weightBytes } },
        inside(values(9, 9)),
      ]
      const { byteLength, parts } = modelParts({
        version: 3,
        buffers,
        metadata: [{ name: 'note', buffer: 2 }],
      })
      expect(writeSparse(paths[0]!, parts)).toBe(byteLength)
      const before = process.memoryUsage.rss()
      withFile(paths[0]!, (source) => {
        const model = readModel(source)
        expect(model.metadata?.map(({ name }) => name)).toEqual(['note', 'buffer_location'])
        expect(new TextDecoder().decode(bufferBytes(model.buffers![3]!))).toBe('outside flatbuffers')
        const again = modelParts({ ...model, description: 'written again' })
        expect(writeSparse(paths[1]!, again.parts)).toBe(again.byteLength)
      })
      expect(process.memoryUsage.rss() - before).toBeLessThan(weightBytes / 4)
      withFile(paths[1]!, (source) => {
        const { buffers: written, description } = readModel(source)
        expect(description).toBe('written again')
        const { start, byteLength: size } = written![1]!.outside!
        expect(size).toBe(weightBytes)
        expect(source.read(start, start + 5)).toEqual(marks)
        expect(source.read(start + size - 5, start + size)).toEqual(marks)
        expect(bufferBytes(written![2]!)).toEqual(values(9, 9))
      })
    } finally {
      for (const path of paths) rmSync(path, { force: true })
    }
  })
})
