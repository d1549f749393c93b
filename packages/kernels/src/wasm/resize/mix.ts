import { load, operation } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'

/** The value of a vector. */
export type Vector = Expression<'v128'>

/** How some channels of four pixels become one: types of elements, and what is made of them. */
export interface BilinearMix {
  readonly name: string
  readonly elementBytes: 1 | 2 | 4
  /** Channels that are mixed at once. */
  readonly lanes: 4 | 8
  /** Four bytes, to be repeated in a vector, that stand for a distance from the lower row and the lower column. */
  readonly bitsOfRow: (distance: number) => number
  readonly bitsOfColumn: (distance: number) => number
  /** Channels from an address. */
  load(address: Expression<'i32'>): Vector
  /** Writes what is needed once; what it returns mixes the vectors of four pixels and gives what is to be stored. */
  begin(f: FunctionBuilder): (pixels: readonly Local<'v128'>[], y: Vector, x: Vector) => Vector
}

/** Between two values: the first, and the part of their difference that the distance is. */
const between = (first: Vector, second: Vector, distance: Vector): Vector =>
  operation('f32x4.add', first, operation('f32x4.mul', operation('f32x4.sub', second, first), distance))

const bitsOf = (real: number): number => new Int32Array(Float32Array.of(real).buffer)[0]!

/** Of float32 elements, every operation rounded. */
export const floatMix: BilinearMix = {
  ...{ name: 'float32', elementBytes: 4, lanes: 4, bitsOfRow: bitsOf, bitsOfColumn: bitsOf },
  load: (address) => load('v128.load', address),
  begin(f) {
    const top = f.local('v128')
    return ([topLeft, topRight, bottomLeft, bottomRight], y, x) => {
      f.set(top, between(get(topLeft!), get(topRight!), x))
      f.set(bottomLeft!, between(get(bottomLeft!), get(bottomRight!), x))
      return between(get(top), get(bottomLeft!), y)
    }
  },
}
