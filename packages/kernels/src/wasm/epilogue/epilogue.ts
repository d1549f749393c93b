import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'

/** Sums of a tile of output positions, four channels to a vector. */
export interface Tile {
  /** For each position, its vectors of four channels; the epilogue may overwrite them. */
  readonly sums: readonly (readonly Local<'v128'>[])[]
  /** Address of the parameters of the tile's first channels. */
  readonly parameters: Local<'i32'>
  /** Address of the first channel of the first position in the output. */
  readonly output: Local<'i32'>
  /** For each position, bytes from `output` to its first channel. */
  readonly positionOffsets: readonly number[]
  /** Channels that are stored; the vectors may hold more. */
  readonly channels: number
}

/** What happens to sums once they are complete, up to their place in the output. */
export interface Epilogue {
  /** Bytes of an output element. */
  readonly outputBytes: 1 | 2 | 4
  /** Vectors of parameters for each four channels; the first is what sums start with. */
  readonly vectorsPerQuad: number
  /** The parameters of all channels, four channels after four, zeros where channels end. */
  readonly parameters: Int32Array
  /** What decides the code of the epilogue, if that is known: equal ones differ in {@link parameters} only. */
  readonly signature?: string
  /** Makes what tiles share, once for a function; the result writes the code for a tile. */
  begin(f: FunctionBuilder): (tile: Tile) => void
}

/**
 * Lays parameters out as {@link Epilogue.parameters}: for each four channels, their first values, their second values and
 * so on. A plain loop, since networks have thousands of channels, and calls take long in code that runs for the first time.
 *
 * @param vectors the first values of all channels, their second values and so on; of the same length.
 */
export function packParameters(vectors: readonly Int32Array[]): Int32Array {
  const channels = vectors[0]?.length ?? 0
  const quadLength = vectors.length * 4
  const packed = new Int32Array(Math.ceil(channels / 4) * quadLength)
  vectors.forEach((values, vector) => {
    for (let channel = 0; channel < channels; channel++)
      packed[(channel >> 2) * quadLength + vector * 4 + (channel & 3)] = values[channel]!
  })
  return packed
}

/** The bits of float32 numbers as int32: a view on them. */
export function bitsOf({ buffer, byteOffset, length }: Float32Array): Int32Array {
  return new Int32Array(buffer, byteOffset, length)
}

const floatCell = new Float32Array(1)
const bitsOfCell = new Int32Array(floatCell.buffer)

/** The bits of a float32 as an int32. */
export function floatBits(value: number): number {
  floatCell[0] = value
  return bitsOfCell[0]!
}
