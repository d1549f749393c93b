import { knownTable, tableUnits } from '../../shared/logistic-table.ts'
import { constant, extractLane32, load, operation, replaceLane32 } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import type { EmitVector } from './bytes.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { beginLoadQuads } from './load-quads.ts'
import { beginStoreQuads } from './store-quads.ts'
import { unaryWalk } from './walk.ts'

/** LOGISTIC, or TANH as twice the LOGISTIC of twice the number, less 1. */
interface Curve {
  /** As `tableUnits` takes them. */
  readonly exactShifts: number
  /** Bits of a distance between two entries of the table. */
  readonly bits: number
  /** Beyond the table's end. */
  readonly last: number
  /** Subtracted from what is found, before that is negated for numbers below 0. */
  readonly centre: number
  /** Added to what is negated: twice what it is negated about. */
  readonly mirrored: number
  /** Bits that are rounded off. */
  readonly roundedBits: number
}

const logisticCurve = {
  ...{ exactShifts: 0, bits: 9, last: 0xfffe },
  ...{ centre: 0, mirrored: 2 ** 25, roundedBits: 10 },
}
const tanhCurve = {
  ...{ exactShifts: 1, bits: 8, last: 0xffff },
  ...{ centre: 2 ** 23, mirrored: 0, roundedBits: 8 },
}

/** Larger factors make products of more than 32 bits. */
const factorLimit = 2 ** 16

/**
 * LOGISTIC of `elements` int16, equal to the reference bit for bit.
 *
 * @returns undefined for a scale of 5 and more.
 */
export const logisticShortsKernel = (
  inputScale: number,
  elements: number,
  share?: Share,
): GeneratedKernel | undefined => curveKernel(logisticCurve, inputScale, elements, share)

/** TANH of `elements` int16, as {@link logisticShortsKernel}. */
export const tanhShortsKernel = (
  inputScale: number,
  elements: number,
  share?: Share,
): GeneratedKernel | undefined => curveKernel(tanhCurve, inputScale, elements, share)

function curveKernel(
  curve: Curve,
  inputScale: number,
  elements: number,
  share: Share | undefined,
): GeneratedKernel | undefined {
  const units = tableUnits(inputScale, curve.exactShifts)
  if (units.factor >= factorLimit) return undefined
  return elementwiseKernel(
    {
      ...{ name: 'int16', operandBytes: 2, outputBytes: 2, blockElements: 8 },
      ...{ constants: [entriesOf(curve)], scratchBytes: 0 },
      begin(f, { constants: [entries = 0] }) {
        const loadQuads = beginLoadQuads(f, 'int16', 0)
        const toUnits = beginUnits(f, units)
        const toValues = beginCurve(f, curve, entries)
        const store = beginStoreQuads(f, { type: 'int16', zeroPoint: 0, range: { min: -32768, max: 32767 } })
        return ({ operands: [operand], output, elements: count }) => {
          const quads = loadQuads(operand!, count)
          for (const quad of quads) {
            toUnits(quad)
            toValues(quad)
          }
          store(quads, output, count)
        }
      },
    },
    unaryWalk(elements),
    share,
  )
}

/** For each entry of the table, itself and how much larger the next one is: the lower and the upper half of an int32. */
function entriesOf({ last }: Curve): Uint16Array {
  const table = knownTable()
  const end = table.length - 1
  return Uint16Array.from({ length: table.length * 2 }, (_, at) => {
    const index = at >> 1
    if (index === end) return at % 2 === 0 ? last : 0
    return at % 2 === 0 ? table[index]! : table[index + 1]! - table[index]!
  })
}

/** Takes stored numbers to the units of the table. */
function beginUnits(f: FunctionBuilder, { factor, shift }: ReturnType<typeof tableUnits>): EmitVector {
  const factors = hoist(f, new Int32Array(4).fill(factor))
  const half = hoist(f, new Int32Array(4).fill(shift > 0 ? 2 ** (shift - 1) : 0))
  return (quad) => {
    f.set(quad, operation('i32x4.mul', get(quad), get(factors)))
    if (shift === 0) return
    f.set(quad, operation('i32x4.shr_s', operation('i32x4.add', get(quad), get(half)), constant(shift)))
  }
}

function beginCurve(f: FunctionBuilder, curve: Curve, entries: number): EmitVector {
  const { bits, centre, mirrored, roundedBits } = curve
  const splat = (value: number): Local<'v128'> => hoist(f, new Int32Array(4).fill(value))
  const [lastEntry, fractions, values] = [splat(255), splat(2 ** bits - 1), splat(0xffff)]
  const [half, offset, mirror] = [splat(2 ** (roundedBits - 1)), splat(centre), splat(mirrored)]
  const [isBelow, index, found] = [f.local('v128'), f.local('v128'), f.local('v128')]
  return (quad) => {
    f.set(isBelow, operation('i32x4.shr_s', get(quad), constant(31)))
    f.set(quad, operation('i32x4.abs', get(quad)))
    f.set(
      index,
      operation('i32x4.min_u', operation('i32x4.shr_u', get(quad), constant(bits)), get(lastEntry)),
    )
    f.set(index, operation('i32x4.shl', get(index), constant(2)))
    f.set(found, get(index))
    for (let lane = 0; lane < 4; lane++) {
      const entry = load('i32.load', extractLane32(get(index), lane), entries)
      f.set(found, replaceLane32(get(found), lane, entry))
    }
    const fraction = operation('v128.and', get(quad), get(fractions))
    const rise = operation('i32x4.mul', fraction, operation('i32x4.shr_u', get(found), constant(16)))
    const start = operation('i32x4.shl', operation('v128.and', get(found), get(values)), constant(bits))
    const value = operation('i32x4.sub', operation('i32x4.add', start, rise), get(offset))
    // Negated it is 1 larger than all bits changed, and that is what the reference's rounding takes away.
    const mirroredValue = operation('v128.xor', value, get(isBelow))
    f.set(quad, operation('i32x4.add', mirroredValue, get(half)))
    if (mirrored !== 0)
      f.set(quad, operation('i32x4.add', get(quad), operation('v128.and', get(mirror), get(isBelow))))
    f.set(quad, operation('i32x4.shr_s', get(quad), constant(roundedBits)))
  }
}
