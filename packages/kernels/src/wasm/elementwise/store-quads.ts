import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import type { ActivationType } from '../../shared/integer-tensor.ts'
import { operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { beginNarrowBytes } from '../epilogue/narrow-bytes.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import { narrowToInt16 } from '../epilogue/store-integers.ts'
import { hoist } from '../hoist.ts'
import { beginByteClamp, beginShortClamp } from '../reduction/clamp.ts'

/** How int32 become stored integers: a zero point added, which must leave them within 32 bits, and a clamp. */
export interface StoredOutputs {
  readonly type: ActivationType
  readonly zeroPoint: number
  readonly range: ActivationRange
}

/** Writes the code that stores the first `elements` of up to sixteen int32, four to a vector; overwrites the vectors. */
export type StoreQuads = (quads: readonly Local<'v128'>[], output: Local<'i32'>, elements: number) => void

/** Makes what {@link StoreQuads} needs, once for a function. */
export function beginStoreQuads(f: FunctionBuilder, { type, zeroPoint, range }: StoredOutputs): StoreQuads {
  const offset = zeroPoint === 0 ? undefined : hoist(f, new Int32Array(4).fill(zeroPoint))
  const store = type === 'int16' ? beginStoreShorts(f, range) : beginStoreBytes(f, type, range)
  return (quads, output, elements) => {
    if (offset !== undefined)
      for (const quad of quads) f.set(quad, operation('i32x4.add', get(quad), get(offset)))
    store(quads, output, elements)
  }
}

function beginStoreShorts(f: FunctionBuilder, range: ActivationRange): StoreQuads {
  const clamp = beginShortClamp(f, range)
  return (quads, output, elements) =>
    narrowToInt16(f, quads).forEach((vector, index) => {
      const count = Math.min(8, elements - index * 8)
      if (count <= 0) return
      clamp(vector)
      storeBytes(f, vector, 0, count * 2, get(output), index * 16)
    })
}

function beginStoreBytes(f: FunctionBuilder, type: 'int8' | 'uint8', range: ActivationRange): StoreQuads {
  const narrow = beginNarrowBytes(f, type, 0)
  const clamp = beginByteClamp(f, type, range)
  return (quads, output, elements) => {
    const bytes = narrow(quads)
    clamp(bytes)
    storeBytes(f, bytes, 0, elements, get(output), 0)
  }
}
