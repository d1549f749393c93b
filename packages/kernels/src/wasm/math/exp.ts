import { ln2High, ln2Low, log2OfE, taylorCoefficients } from '../../math/exp-constants.ts'
import { constant, load, operation } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'

type Vector = Expression<'v128'>

const numbers = {
  ...{ log2OfE, ln2High, ln2Low },
  half: 0.5,
  one: 1,
  /** Overflows to Infinity, as every argument above 709.782712893384 does. */
  largest: 710,
  /** Underflows to 0, as every argument below -745.1332191019412 does. */
  smallest: -746,
  /** e^x - 1 is -1 from here on down. */
  smallestMinusOne: -60,
  /** 1.5 * 2^52: an integer of up to 32 bits added to it stands in its lowest bits. */
  magic: 6755399441055744,
} as const

const names = Object.keys(numbers) as readonly (keyof typeof numbers)[]

/**
 * What generated exponentials read; a kernel that uses one lists this among its constants. Loading a vector takes one
 * instruction, writing it into the code three or four.
 */
export const exponentialConstants: Float64Array = Float64Array.from(
  [...Object.values(numbers), ...taylorCoefficients].flatMap((value) => [value, value]),
)

/** Replaces the two float64 of a variable by a function of them. */
export type EmitPair = (pair: Local<'v128'>) => void

/**
 * e^x for two float64 at a time, equal to `exp` of `math/exp.ts` bit for bit, whatever x.
 *
 * @param constants where {@link exponentialConstants} stand.
 *
 * @example
 * const exponential = exponentialPair(f, addresses.constants[0]!)
 * f.set(pair, operation('f64x2.promote_low_f32x4', load('v128.load64_zero', address)))
 * exponential(pair)
 */
export function exponentialPair(f: FunctionBuilder, constants: number): EmitPair {
  const at = constantsAt(constants)
  const [exponent, first] = [f.local('v128'), f.local('v128')]
  const reduced = reducedPair(f, at)
  return (x) => {
    // With x first the pseudo-minimum keeps NaN.
    const below = operation('f64x2.pmin', get(x), at('largest'))
    f.set(x, operation('f64x2.pmax', below, at('smallest')))
    f.set(exponent, exponentOf(x, at))
    reduced(x, exponent)
    // In two steps, since 2^1024 and the powers below 2^-1022 are not normal numbers.
    f.set(exponent, operation('f64x2.add', get(exponent), at('magic')))
    f.set(first, operation('i32x4.shr_s', get(exponent), constant(1)))
    const rest = operation('i32x4.sub', get(exponent), get(first))
    const scaled = operation('f64x2.mul', operation('f64x2.add', at('one'), get(x)), power(get(first), at))
    f.set(x, operation('f64x2.mul', scaled, power(rest, at)))
  }
}

/**
 * e^x - 1 for two float64 of at most 0 (or NaN) at a time, equal to `expMinusOne` of `math/exp.ts` bit for bit.
 *
 * @param constants where {@link exponentialConstants} stand.
 */
export function exponentialMinusOnePair(f: FunctionBuilder, constants: number): EmitPair {
  const at = constantsAt(constants)
  const exponent = f.local('v128')
  const reduced = reducedPair(f, at)
  return (x) => {
    f.set(x, operation('f64x2.pmax', get(x), at('smallestMinusOne')))
    f.set(exponent, exponentOf(x, at))
    reduced(x, exponent)
    f.set(exponent, power(operation('f64x2.add', get(exponent), at('magic')), at))
    const scaled = operation('f64x2.mul', get(exponent), get(x))
    f.set(x, operation('f64x2.add', scaled, operation('f64x2.sub', get(exponent), at('one'))))
  }
}

type ConstantOf = (name: keyof typeof numbers | number) => Vector

/** Loads a constant by its name, or a coefficient by its position. */
function constantsAt(address: number): ConstantOf {
  return (name) => {
    const index = typeof name === 'number' ? names.length + name : names.indexOf(name)
    return load('v128.load', constant(0), address + index * 16)
  }
}

/** `floor(x * log2(e) + 0.5)` */
function exponentOf(x: Local<'v128'>, at: ConstantOf): Vector {
  return operation(
    'f64x2.floor',
    operation('f64x2.add', operation('f64x2.mul', get(x), at('log2OfE')), at('half')),
  )
}

/** 2 to the power of an integer in the lowest bits of each half. */
function power(integers: Vector, at: ConstantOf): Vector {
  // The bits of 1 are the bias of exponents in its place.
  return operation('i64x2.add', operation('i64x2.shl', integers, constant(52)), at('one'))
}

/** Replaces x by e^(x - exponent * ln 2) - 1, operation for operation as the reference does. */
function reducedPair(f: FunctionBuilder, at: ConstantOf) {
  const [low, r, sum] = [f.local('v128'), f.local('v128'), f.local('v128')]
  return (x: Local<'v128'>, exponent: Local<'v128'>): void => {
    f.set(x, operation('f64x2.sub', get(x), operation('f64x2.mul', get(exponent), at('ln2High'))))
    f.set(low, operation('f64x2.mul', get(exponent), at('ln2Low')))
    f.set(r, operation('f64x2.sub', get(x), get(low)))
    f.set(sum, at(0))
    taylorCoefficients.slice(1).forEach((_, index) => {
      f.set(sum, operation('f64x2.add', operation('f64x2.mul', get(sum), get(r)), at(index + 1)))
    })
    const squared = operation('f64x2.mul', operation('f64x2.mul', get(sum), get(r)), get(r))
    f.set(x, operation('f64x2.add', get(x), operation('f64x2.sub', squared, get(low))))
  }
}
