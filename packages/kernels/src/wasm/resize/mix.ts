import type { Arithmetic } from '../../arithmetic/arithmetic.ts'
import { constant, load, operation } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { extensions } from '../elementwise/bytes.ts'
import type { ByteType } from '../elementwise/bytes.ts'
import { hoist } from '../hoist.ts'

type Vector = Expression<'v128'>

/** How four channels of four pixels become one: types of elements, and what is made of them. */
export interface BilinearMix {
  readonly name: string
  readonly elementBytes: 1 | 4
  /** True where distances are float32 rather than int32. */
  readonly real: boolean
  /** Four channels from an address. */
  load(address: Expression<'i32'>): Vector
  /** Writes what is needed once; what it returns mixes the vectors of four pixels and gives what is to be stored. */
  begin(f: FunctionBuilder): (pixels: readonly Local<'v128'>[], y: Vector, x: Vector) => Vector
}

/** Between two values: the first, and the part of their difference that the distance is. */
const between = (first: Vector, second: Vector, distance: Vector): Vector =>
  operation('f32x4.add', first, operation('f32x4.mul', operation('f32x4.sub', second, first), distance))

/** Of float32 elements, every operation rounded. */
export const floatMix: BilinearMix = {
  ...{ name: 'float32', elementBytes: 4, real: true },
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

/** Of 8-bit integers, in the arithmetic that is asked for; sums of four weighted pixels stay below 2^31. */
export function integerMix(type: ByteType, arithmetic: Arithmetic): BilinearMix {
  return {
    ...{ name: 'int32', elementBytes: 1, real: false },
    load(address) {
      const wide = operation(extensions[type][0], load('v128.load32_zero', address))
      return operation('i32x4.extend_low_i16x8_s', wide)
    },
    begin(f) {
      const top = f.local('v128')
      const round = arithmetic === 'xnnpack' ? beginHalfUp(f) : beginHalfAway(f)
      const bits = arithmetic === 'xnnpack' ? 11 : 10
      /** `first * 2^bits + (second - first) * distance` */
      const weigh = (first: Vector, second: Vector, distance: Vector): Vector => {
        const share = operation('i32x4.mul', operation('i32x4.sub', second, first), distance)
        return operation('i32x4.add', operation('i32x4.shl', first, constant(bits)), share)
      }
      return ([topLeft, topRight, bottomLeft, bottomRight], y, x) => {
        f.set(top, weigh(get(topLeft!), get(topRight!), x))
        f.set(bottomLeft!, weigh(get(bottomLeft!), get(bottomRight!), x))
        f.set(top, weigh(get(top), get(bottomLeft!), y))
        round(top)
        const half = operation('i16x8.narrow_i32x4_s', get(top), get(top))
        return operation(type === 'int8' ? 'i8x16.narrow_i16x8_s' : 'i8x16.narrow_i16x8_u', half, half)
      }
    },
  }
}

/** Divides by 2^22, halves up. */
function beginHalfUp(f: FunctionBuilder) {
  const half = hoist(f, new Int32Array(4).fill(2 ** 21))
  return (sum: Local<'v128'>): void =>
    f.set(sum, operation('i32x4.shr_s', operation('i32x4.add', get(sum), get(half)), constant(22)))
}

/** Divides by 2^20, halves away from zero: half is added to magnitudes. */
function beginHalfAway(f: FunctionBuilder) {
  const half = hoist(f, new Int32Array(4).fill(2 ** 19))
  const sign = f.local('v128')
  return (sum: Local<'v128'>): void => {
    f.set(sign, operation('i32x4.shr_s', get(sum), constant(31)))
    const magnitude = operation('i32x4.add', operation('i32x4.abs', get(sum)), get(half))
    const rounded = operation('i32x4.shr_u', magnitude, constant(20))
    f.set(sum, operation('i32x4.sub', operation('v128.xor', rounded, get(sign)), get(sign)))
  }
}
