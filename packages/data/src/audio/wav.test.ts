import { describe, expect, it } from 'vitest'
import { decodeWav } from './wav.ts'

interface Wav {
  readonly tag?: number
  readonly channels?: number
  readonly bits: number
  readonly data: Uint8Array
  readonly extra?: Uint8Array
}

function wav({ tag = 1, channels = 1, bits, data, extra = new Uint8Array() }: Wav): Uint8Array {
  const bytes = Buffer.alloc(44 + extra.length + 10)
  bytes.write('RIFF', 0)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16 + extra.length, 16)
  bytes.writeUInt16LE(tag, 20)
  bytes.writeUInt16LE(channels, 22)
  bytes.writeUInt32LE(16000, 24)
  bytes.writeUInt16LE(bits, 34)
  bytes.set(extra, 36)
  // A chunk of an odd length that nobody knows, between what is known.
  bytes.write('LIST', 36 + extra.length)
  bytes.writeUInt32LE(1, 40 + extra.length)
  bytes.write('data', 46 + extra.length)
  bytes.writeUInt32LE(data.length, 50 + extra.length)
  return new Uint8Array(Buffer.concat([bytes, data]))
}

const bytesOf = (values: Int16Array | Int32Array | Float32Array | Float64Array): Uint8Array =>
  new Uint8Array(values.buffer)

describe('decodeWav', () => {
  it.each<[string, Wav, number[]]>([
    ['8-bit', { bits: 8, data: Uint8Array.of(0, 128, 192) }, [-1, 0, 0.5]],
    ['16-bit', { bits: 16, data: bytesOf(Int16Array.of(-32768, 16384)) }, [-1, 0.5]],
    ['24-bit', { bits: 24, data: Uint8Array.of(0, 0, 0x80, 0, 0, 0x40) }, [-1, 0.5]],
    ['32-bit', { bits: 32, data: bytesOf(Int32Array.of(-(2 ** 31), 2 ** 30)) }, [-1, 0.5]],
    ['float', { tag: 3, bits: 32, data: bytesOf(Float32Array.of(0.25, -0.5)) }, [0.25, -0.5]],
    ['double', { tag: 3, bits: 64, data: bytesOf(Float64Array.of(0.25, -0.5)) }, [0.25, -0.5]],
    [
      'stereo, as the mean',
      { channels: 2, bits: 16, data: bytesOf(Int16Array.of(0, 16384, -16384, 0)) },
      [0.25, -0.25],
    ],
    [
      'extensible',
      {
        tag: 0xfffe,
        bits: 16,
        data: bytesOf(Int16Array.of(8192)),
        extra: Uint8Array.of(22, 0, 16, 0, 4, 0, 0, 0, 1, 0),
      },
      [0.25],
    ],
  ])('reads %s samples', (_, file, expected) => {
    const { sampleRate, values } = decodeWav(wav(file))
    expect([sampleRate, Array.from(values)]).toEqual([16000, expected])
  })

  it.each<[Uint8Array, string]>([
    [Uint8Array.of(1, 2), 'got 2 bytes that are no RIFF WAVE'],
    [wav({ tag: 85, bits: 16, data: new Uint8Array(2) }), 'got format 85 with 1 channels of 16 bits'],
    [wav({ bits: 12, data: new Uint8Array(2) }), 'channels of 12 bits'],
    [wav({ bits: 16, data: new Uint8Array(8) }).slice(0, -3), 'got 5 bytes of sound, expected 8'],
    [wav({ bits: 16, data: new Uint8Array(8) }).slice(0, 40), 'got no sound'],
  ])('names what it cannot read', (bytes, message) => {
    expect(() => decodeWav(bytes)).toThrow(message)
  })
})
