import { ln2High, ln2Low } from '../../math/exp-constants.ts'
import { largestTerm } from '../../math/log.ts'
import { constant, load, operation } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'

/** 2^52: an integer below it in the lowest bits of a half is added to it by the bits of its exponent. */
const integerBase = 2 ** 52

const numbers = {
  ...{ ln2High, ln2Low, integerBase },
  one: 1,
  two: 2,
  rootOfHalf: Math.SQRT1_2,
  half: 0.5,
  /** The bits of a fraction, without those of an exponent. */
  fraction: 2 ** -1022 - 2 ** -1074,
  /** What the exponent of a fraction in [0.5, 1) is stored as, above {@link integerBase}. */
  bias: integerBase + 1022,
} as const

const names = Object.keys(numbers) as readonly (keyof typeof numbers)[]

const coefficients = Array.from({ length: (largestTerm - 1) / 2 }, (_, at) => 1 / (largestTerm - 2 * at))

/** What generated logarithms read; a kernel that uses one lists this among its constants. */
export const logarithmConstants: Float64Array = Float64Array.from(
  [...Object.values(numbers), ...coefficients].flatMap((value) => [value, value]),
)

/**
 * Writes the code that replaces two float64 by their natural logarithms, equal to `log` of `math/log.ts` bit for bit, for
 * normal numbers above 0 and NaN; infinities become NaN.
 *
 * @param constants where {@link logarithmConstants} stand.
 */
export function logarithmPair(f: FunctionBuilder, constants: number): (pair: Local<'v128'>) => void {
  const at = (index: number): Expression<'v128'> => load('v128.load', constant(0), constants + index * 16)
  const number = (name: keyof typeof numbers) => at(names.indexOf(name))
  const variable = () => f.local('v128')
  const [exponent, part, s, square] = [variable(), variable(), variable(), variable()]
  const [sum, isSmall] = [variable(), variable()]
  return (pair) => {
    const stored = operation('i64x2.shr_u', get(pair), constant(52))
    const biased = operation('v128.or', stored, number('integerBase'))
    f.set(exponent, operation('f64x2.sub', biased, number('bias')))
    const ownBits = operation('v128.and', get(pair), number('fraction'))
    f.set(part, operation('v128.or', ownBits, number('half')))
    f.set(isSmall, operation('f64x2.lt', get(part), number('rootOfHalf')))
    f.set(part, operation('f64x2.add', get(part), operation('v128.and', get(part), get(isSmall))))
    f.set(exponent, operation('f64x2.sub', get(exponent), operation('v128.and', number('one'), get(isSmall))))
    f.set(part, operation('f64x2.sub', get(part), number('one')))
    f.set(s, operation('f64x2.div', get(part), operation('f64x2.add', number('two'), get(part))))
    f.set(square, operation('f64x2.mul', get(s), get(s)))
    coefficients.forEach((_, index) => {
      const coefficient = at(names.length + index)
      const next = index === 0 ? coefficient : operation('f64x2.add', get(sum), coefficient)
      f.set(sum, operation('f64x2.mul', next, get(square)))
    })
    const doubled = operation('f64x2.mul', number('two'), get(sum))
    f.set(sum, operation('f64x2.mul', get(s), operation('f64x2.sub', doubled, get(part))))
    const low = operation('f64x2.mul', get(exponent), number('ln2Low'))
    f.set(sum, operation('f64x2.add', get(part), operation('f64x2.add', get(sum), low)))
    f.set(sum, operation('f64x2.add', operation('f64x2.mul', get(exponent), number('ln2High')), get(sum)))
    // What is not finite makes NaN of the 0 that is added otherwise.
    f.set(pair, operation('f64x2.add', get(sum), operation('f64x2.sub', get(pair), get(pair))))
  }
}
