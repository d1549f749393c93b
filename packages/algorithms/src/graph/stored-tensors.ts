import { viewBytes } from '@quantrx/core'
import type { Tensor } from '@quantrx/core'
import type { RuntimeTensor } from '@quantrx/runtime'

/** Memory that may be used again, in pieces of any size. */
export interface SparePieces {
  /** A piece of at least so many bytes, with whatever it held before. */
  take(bytes: number): Uint8Array
  give(piece: Uint8Array): void
}

/** Copies of one tensor, one for each sample, side by side in one piece of memory. */
export interface StoredTensors {
  readonly tensors: readonly Tensor[]
  readonly piece: Uint8Array
}

/** No memory yet. */
export function sparePieces(): SparePieces {
  const pieces: Uint8Array[] = []
  return {
    take(bytes) {
      const fitting = pieces.filter(({ length }) => length >= bytes)
      const [best] = fitting.sort((a, b) => a.length - b.length)
      if (best === undefined) return new Uint8Array(bytes)
      pieces.splice(pieces.indexOf(best), 1)
      return best
    },
    give: (piece) => void pieces.push(piece),
  }
}

/**
 * Runs something for each sample and keeps copies of the tensors that it leaves.
 *
 * @param run leaves its results in tensors that the next run overwrites; as many each time, of any shapes.
 */
export function storeResults(
  samples: number,
  spare: SparePieces,
  run: (sample: number) => readonly RuntimeTensor[],
): readonly StoredTensors[] {
  const stored: { piece: Uint8Array; bytes: number; tensors: Tensor[] }[] = []
  for (let sample = 0; sample < samples; sample++) {
    for (const [at, tensor] of run(sample).entries()) {
      stored[at] ??= {
        piece: spare.take(tensor.dynamic === true ? 0 : samples * tensor.data.byteLength),
        bytes: tensor.data.byteLength,
        tensors: [],
      }
      const grows = tensor.dynamic === true || tensor.data.byteLength !== stored[at].bytes
      stored[at].tensors.push(grows ? grown(tensor) : copied(tensor, stored[at].piece, sample))
    }
  }
  return stored
}

/** A copy with memory of its own: the next sample's may be of another size. */
const grown = ({ type, shape, data }: RuntimeTensor): Tensor =>
  ({ type, shape, data: data.slice() }) as Tensor

function copied({ type, shape, data }: RuntimeTensor, piece: Uint8Array, sample: number): Tensor {
  const own = piece.subarray(sample * data.byteLength, (sample + 1) * data.byteLength)
  own.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  return { type, shape, data: viewBytes(type, own) } as Tensor
}
