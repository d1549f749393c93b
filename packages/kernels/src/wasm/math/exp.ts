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

/**
 * Replaces the float64 of variables, two in each, by a function of them. Several variables at once take less time than one after
 * the other: a single chain of operations leaves the processor waiting.
 */
export type EmitPair = (...pairs: readonly Local<'v128'>[]) => void

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
  const chainOf = chains(f)
  return (...pairs) => {
    const all = pairs.map(chainOf)
    const each = step(f, all)
    // With x first the pseudo-minimum keeps NaN.
    each('x', ({ x }) => operation('f64x2.pmin', x, at('largest')))
    each('x', ({ x }) => operation('f64x2.pmax', x, at('smallest')))
    emitReduced(each, at)
    // In two steps, since 2^1024 and the powers below 2^-1022 are not normal numbers.
    each('exponent', ({ exponent }) => operation('f64x2.add', exponent, at('magic')))
    each('low', ({ exponent }) => operation('i32x4.shr_s', exponent, constant(1)))
    each('exponent', ({ exponent, low }) => operation('i32x4.sub', exponent, low))
    each('x', ({ x }) => operation('f64x2.add', at('one'), x))
    each('x', ({ x, low }) => operation('f64x2.mul', x, power(low, at)))
    each('x', ({ x, exponent }) => operation('f64x2.mul', x, power(exponent, at)))
  }
}

/**
 * e^x - 1 for two float64 of at most 0 (or NaN) at a time, equal to `expMinusOne` of `math/exp.ts` bit for bit.
 *
 * @param constants where {@link exponentialConstants} stand.
 */
export function exponentialMinusOnePair(f: FunctionBuilder, constants: number): EmitPair {
  const at = constantsAt(constants)
  const chainOf = chains(f)
  return (...pairs) => {
    const each = step(f, pairs.map(chainOf))
    each('x', ({ x }) => operation('f64x2.pmax', x, at('smallestMinusOne')))
    emitReduced(each, at)
    each('exponent', ({ exponent }) => power(operation('f64x2.add', exponent, at('magic')), at))
    each('x', ({ x, exponent }) => operation('f64x2.mul', exponent, x))
    each('exponent', ({ exponent }) => operation('f64x2.sub', exponent, at('one')))
    each('x', ({ x, exponent }) => operation('f64x2.add', x, exponent))
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

/** 2 to the power of an integer in the lowest bits of each half. */
function power(integers: Vector, at: ConstantOf): Vector {
  // The bits of 1 are the bias of exponents in its place.
  return operation('i64x2.add', operation('i64x2.shl', integers, constant(52)), at('one'))
}

/** The variables of one pair on its way; x is the pair itself. */
type Chain = Readonly<Record<'x' | 'exponent' | 'low' | 'r' | 'sum', Local<'v128'>>>

/** Gives each of several pairs variables, the same every time. */
function chains(f: FunctionBuilder): (x: Local<'v128'>, at: number) => Chain {
  const made: Omit<Chain, 'x'>[] = []
  return (x, at) => {
    made[at] ??= { exponent: f.local('v128'), low: f.local('v128'), r: f.local('v128'), sum: f.local('v128') }
    return { x, ...made[at] }
  }
}

type EmitStep = (target: keyof Chain, value: (of: Readonly<Record<keyof Chain, Vector>>) => Vector) => void

/** Sets a variable of all chains, one after the other. */
function step(f: FunctionBuilder, all: readonly Chain[]): EmitStep {
  return (target, value) => {
    for (const chain of all) {
      const { x, exponent, low, r, sum } = chain
      f.set(
        chain[target],
        value({ x: get(x), exponent: get(exponent), low: get(low), r: get(r), sum: get(sum) }),
      )
    }
  }
}

/** Sets the exponent and replaces x by e^(x - exponent * ln 2) - 1, operation for operation as the reference does. */
function emitReduced(each: EmitStep, at: ConstantOf): void {
  each('exponent', ({ x }) => operation('f64x2.mul', x, at('log2OfE')))
  each('exponent', ({ exponent }) => operation('f64x2.floor', operation('f64x2.add', exponent, at('half'))))
  each('x', ({ x, exponent }) => operation('f64x2.sub', x, operation('f64x2.mul', exponent, at('ln2High'))))
  each('low', ({ exponent }) => operation('f64x2.mul', exponent, at('ln2Low')))
  each('r', ({ x, low }) => operation('f64x2.sub', x, low))
  each('sum', () => at(0))
  taylorCoefficients.slice(1).forEach((_, index) => {
    each('sum', ({ sum, r }) => operation('f64x2.mul', sum, r))
    each('sum', ({ sum }) => operation('f64x2.add', sum, at(index + 1)))
  })
  each('sum', ({ sum, r }) => operation('f64x2.mul', sum, r))
  each('sum', ({ sum, r }) => operation('f64x2.mul', sum, r))
  each('x', ({ x, sum, low }) => operation('f64x2.add', x, operation('f64x2.sub', sum, low)))
}
