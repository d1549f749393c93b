import { dataError } from '../data-error.ts'

/** Sound as a `.wav` file holds it. */
export interface Sound {
  /** Samples in a second. */
  readonly sampleRate: number
  /** One value a moment, from -1 to below 1; the mean of the channels, where there are several. */
  readonly values: Float32Array
}

interface Format {
  readonly kind: 'integer' | 'float'
  readonly channels: number
  readonly sampleRate: number
  readonly bits: number
}

const extensible = 0xfffe
const formatKinds: Readonly<Record<number, Format['kind']>> = { 1: 'integer', 3: 'float' }
const wave = 'a .wav file of plain samples'

/**
 * Reads a `.wav` file of plain samples: integers of 8 to 32 bits or floats of 32 or 64 bits, any number of channels. Follows
 * the RIFF WAVE description of Microsoft and IBM (1991) and its WAVE_FORMAT_EXTENSIBLE.
 *
 * @throws DataError for a damaged file and for compressed sound.
 *
 * @example
 * const { sampleRate, values } = decodeWav(new Uint8Array(await file.arrayBuffer()))
 */
export function decodeWav(bytes: Uint8Array, name = 'sound'): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4))
  if (text(0) !== 'RIFF' || text(8) !== 'WAVE') {
    throw dataError(name, `${bytes.length} bytes that are no RIFF WAVE`, wave)
  }
  let format: Format | undefined
  for (let at = 12; at + 8 <= bytes.length;) {
    const start = at + 8
    const size = view.getUint32(at + 4, true)
    if (text(at) === 'fmt ' && size >= 16 && start + size <= bytes.length)
      format = readFormat(view, start, size, name)
    if (text(at) === 'data' && format !== undefined) {
      // Recorders that were cut off leave a size of 0 or too large a one.
      return { sampleRate: format.sampleRate, values: readValues(view, start, size, format, name) }
    }
    at = start + size + (size % 2)
  }
  throw dataError(name, format === undefined ? 'no format' : 'no sound', wave, 'The file is damaged')
}

function readFormat(view: DataView, at: number, size: number, name: string): Format {
  const tag = view.getUint16(at, true)
  const kind = formatKinds[tag === extensible && size >= 26 ? view.getUint16(at + 24, true) : tag]
  const channels = view.getUint16(at + 2, true)
  const sampleRate = view.getUint32(at + 4, true)
  const bits = view.getUint16(at + 14, true)
  const known = kind === 'float' ? [32, 64] : [8, 16, 24, 32]
  if (kind !== undefined && known.includes(bits) && channels > 0) return { kind, channels, sampleRate, bits }
  const found = `format ${tag} with ${channels} channels of ${bits} bits`
  throw dataError(name, found, wave, 'Convert the sound to 16-bit PCM')
}

function readValues(view: DataView, start: number, size: number, format: Format, name: string): Float32Array {
  const { channels, bits } = format
  const available = view.byteLength - start
  if (size > available) {
    const advice = 'The file is cut short; get it again'
    throw dataError(name, `${available} bytes of sound`, `${size}`, advice)
  }
  const bytes = bits / 8
  const values = new Float32Array(Math.floor(size / (bytes * channels)))
  const read = readerOf(view, format)
  for (let moment = 0; moment < values.length; moment++) {
    let sum = 0
    for (let channel = 0; channel < channels; channel++)
      sum += read(start + (moment * channels + channel) * bytes)
    values[moment] = sum / channels
  }
  return values
}

function readerOf(view: DataView, { kind, bits }: Format): (at: number) => number {
  if (kind === 'float')
    return bits === 32 ? (at) => view.getFloat32(at, true) : (at) => view.getFloat64(at, true)
  switch (bits) {
    case 8:
      return (at) => (view.getUint8(at) - 128) / 128
    case 16:
      return (at) => view.getInt16(at, true) / 2 ** 15
    case 24:
      return (at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 2 ** 16) / 2 ** 23
    default:
      return (at) => view.getInt32(at, true) / 2 ** 31
  }
}
