import type { wasm } from '@quantrx/kernels'
import type { ProgramKernels, ProgramLayout } from '../emit-program.ts'
import { narrowWeights } from './narrow-weights.ts'
import { packParameters } from './packed-parameters.ts'
import type { StoredConstant } from './stored-constant.ts'

/** Numbers, in the module, of the functions that restore constants. */
export interface RestoringFunctions {
  readonly widen: number
  readonly unpack: number
}

/** What of a memory stands in the file, and how the rest comes of it. */
export interface StoredConstants {
  readonly constants: readonly StoredConstant[]
  /** Bytes of memory in all. */
  readonly bytes: number
}

/** Code that unpacks reads up to this many bytes at once. */
const slackBytes = 8

/**
 * The constants of a layout in fewer bytes than they have in memory: weights narrowed, parameters packed. Packed ones stand behind
 * everything else, since the room of what they become is no larger than they may be while half of them is still to be read.
 */
export function storeConstants(
  { kernels }: Pick<ProgramKernels, 'kernels'>,
  layout: ProgramLayout,
  { widen, unpack }: RestoringFunctions,
): StoredConstants {
  const typed = new Map(
    kernels.flatMap(({ kernel }, number) =>
      kernel.constants.map((values, at) => [layout.constants[number]![at]!, values] as const),
    ),
  )
  let end = layout.bytes
  const constants = layout.data.map((segment): StoredConstant => {
    const values = typed.get(segment.address)
    if (values instanceof Int16Array) return narrowWeights(values, segment.address, widen) ?? { segment }
    if (!(values instanceof Int32Array)) return { segment }
    const packed = packParameters(values, segment.address, end, unpack)
    if (packed === undefined) return { segment }
    end += packed.segment.bytes.length
    return packed
  })
  return { constants, bytes: end + slackBytes }
}

/** Segments that a module needs: memory is zero to begin with, so zeros at the end can be left out. */
export function dataSegments({ constants }: StoredConstants): readonly wasm.DataSegment[] {
  return constants.flatMap(({ segment: { address, bytes } }) => {
    let length = bytes.length
    while (length > 0 && bytes[length - 1] === 0) length--
    return length === 0 ? [] : [{ address, bytes: bytes.subarray(0, length) }]
  })
}
