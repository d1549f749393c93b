import type { BatchQuantization } from '../../shared/quantize-batch.ts'
import {
  constant,
  fillMemory,
  float32,
  float64,
  load,
  operation,
  select,
  store,
  storeLane,
} from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'

/** Rows of float32, each of which is quantized by its own range. */
export interface HybridRows {
  readonly rows: number
  /** Elements of a row. */
  readonly length: number
  readonly quantization: BatchQuantization
}

/** Where rows are in memory, in bytes. */
export interface HybridRowAddresses {
  readonly from: number
  /** Of int16, zero points subtracted; 16 bytes behind the last are written, too. */
  readonly to: number
  /** Of a float32 for each row. */
  readonly scales: number
  /** Of 32 bytes of memory for intermediate results. */
  readonly cell: number
}

type Real = Expression<'f64'>

/** Writes the code that quantizes rows, equal to `quantizeRow` bit for bit, NaN and infinities included. */
export function emitQuantizeRows(f: FunctionBuilder, rows: HybridRows, addresses: HybridRowAddresses): void {
  const { length, quantization } = rows
  const [source, target, scaleAt] = [f.local('i32'), f.local('i32'), f.local('i32')]
  f.set(source, constant(addresses.from))
  f.set(target, constant(addresses.to))
  f.set(scaleAt, constant(addresses.scales))
  const [min, max] = [f.local('f64'), f.local('f64')]
  const findRange = beginRange(f, source, length, addresses.cell)
  const scaling = quantization === 'symmetric' ? beginSymmetric(f, min, max) : beginAsymmetric(f, min, max)
  const quantize = beginLevels(f, source, target, length, quantization)
  f.repeat(rows.rows, () => {
    findRange(min, max)
    f.when(
      operation('f64.gt', operation('f64.sub', get(max), get(min)), float64(0)),
      () => {
        const { scale, inverse, zeroPoint } = scaling()
        f.emit(store('f32.store', get(scaleAt), scale))
        quantize(inverse, zeroPoint)
      },
      () => {
        f.emit(store('f32.store', get(scaleAt), float32(1)))
        f.emit(fillMemory(get(target), constant(0), constant(length * 2)))
      },
    )
    f.increase(source, length * 4)
    f.increase(target, length * 2)
    f.increase(scaleAt, 4)
  })
}

/** Finds the range of a row, 0 included; NaN is passed over. */
function beginRange(f: FunctionBuilder, source: Local<'i32'>, length: number, cell: number) {
  const [at, values] = [f.local('i32'), f.local('v128')]
  const [least, most] = [f.local('v128'), f.local('v128')]
  const rest = length % 4
  const mask =
    rest === 0
      ? undefined
      : hoist(
          f,
          Int32Array.from([0, 1, 2, 3], (lane) => (lane < rest ? -1 : 0)),
        )
  const take = (vector: Expression<'v128'>): void => {
    f.set(values, vector)
    f.set(least, operation('f32x4.pmin', get(least), get(values)))
    f.set(most, operation('f32x4.pmax', get(most), get(values)))
  }
  const zero = hoist(f, new Int32Array(4))
  return (min: Local<'f64'>, max: Local<'f64'>): void => {
    f.set(least, get(zero))
    f.set(most, get(zero))
    f.set(at, get(source))
    f.repeat(Math.floor(length / 4), () => {
      take(load('v128.load', get(at)))
      f.increase(at, 16)
    })
    if (mask !== undefined) take(operation('v128.and', load('v128.load', get(at)), get(mask)))
    const results = [
      { vector: least, result: min, better: 'f64.min' },
      { vector: most, result: max, better: 'f64.max' },
    ] as const
    results.forEach(({ vector, result, better }) => {
      f.emit(store('v128.store', constant(cell), get(vector)))
      const lanes = [0, 4, 8, 12].map((lane): Real =>
        operation('f64.promote_f32', load('f32.load', constant(cell), lane)),
      )
      f.set(
        result,
        lanes.reduce((best, lane) => operation(better, best, lane)),
      )
    })
  }
}

/** The scale of a row, its inverse as float32, and its zero point, all of which are set before they are used. */
interface RowScaling {
  readonly scale: Expression<'f32'>
  readonly inverse: Expression<'f32'>
  readonly zeroPoint: Real
}

function beginSymmetric(f: FunctionBuilder, min: Local<'f64'>, max: Local<'f64'>): () => RowScaling {
  const largest = f.local('f64')
  return () => {
    f.set(largest, operation('f64.max', operation('f64.sub', float64(0), get(min)), get(max)))
    return {
      scale: operation('f32.demote_f64', operation('f64.div', get(largest), float64(127))),
      inverse: operation('f32.demote_f64', operation('f64.div', float64(127), get(largest))),
      zeroPoint: float64(0),
    }
  }
}

function beginAsymmetric(f: FunctionBuilder, min: Local<'f64'>, max: Local<'f64'>): () => RowScaling {
  const [exact, below, above, zeroPoint] = Array.from({ length: 4 }, () => f.local('f64'))
  const scale = f.local('f32')
  const rounded = beginHalfAway(f)
  const magnitude = (value: Real): Real => operation('f64.copysign', value, float64(1))
  return () => {
    f.set(exact!, operation('f64.div', operation('f64.sub', get(max), get(min)), float64(255)))
    f.set(scale, operation('f32.demote_f64', get(exact!)))
    f.set(below!, operation('f64.div', get(min), get(exact!)))
    f.set(above!, operation('f64.div', get(max), get(exact!)))
    // Of the zero points that fit either end exactly, the one with the smaller error.
    const isBelow = operation(
      'f64.lt',
      operation('f64.add', float64(128), magnitude(get(below!))),
      operation('f64.add', float64(127), magnitude(get(above!))),
    )
    const fromMin = operation('f64.sub', float64(-128), get(below!))
    const fromMax = operation('f64.sub', float64(127), get(above!))
    f.set(zeroPoint!, rounded(select(fromMin, fromMax, isBelow)))
    f.set(
      zeroPoint!,
      operation('f64.min', float64(127), operation('f64.max', float64(-128), get(zeroPoint!))),
    )
    const inverse = operation('f64.div', float64(1), operation('f64.promote_f32', get(scale)))
    return { scale: get(scale), inverse: operation('f32.demote_f64', inverse), zeroPoint: get(zeroPoint!) }
  }
}

/** Rounds a number, halves away from zero. */
function beginHalfAway(f: FunctionBuilder): (value: Real) => Real {
  const [given, magnitude, floor] = Array.from({ length: 3 }, () => f.local('f64'))
  return (value) => {
    f.set(given!, value)
    f.set(magnitude!, operation('f64.copysign', get(given!), float64(1)))
    f.set(floor!, operation('f64.floor', get(magnitude!)))
    const isLess = operation('f64.lt', operation('f64.sub', get(magnitude!), get(floor!)), float64(0.5))
    const up = operation('f64.add', get(floor!), float64(1))
    return operation('f64.copysign', select(get(floor!), up, isLess), get(given!))
  }
}

/** Quantizes the elements of a row, eight at a time; behind the last, some more are written. */
function beginLevels(
  f: FunctionBuilder,
  source: Local<'i32'>,
  target: Local<'i32'>,
  length: number,
  quantization: BatchQuantization,
) {
  const [from, to] = [f.local('i32'), f.local('i32')]
  const [inverse, zeroPoint, integer] = [f.local('v128'), f.local('v128'), f.local('v128')]
  const halves = [f.local('v128'), f.local('v128')] as const
  const toLevels = beginLevel(f, { inverse, zeroPoint, integer }, quantization)
  const block = (count: 4 | 8): void => {
    halves.slice(0, count / 4).forEach((half, index) => {
      f.set(half, load('v128.load', get(from), index * 16))
      toLevels(half)
    })
    const [low, high] = halves
    const shorts = operation('i16x8.narrow_i32x4_s', get(low), get(count === 8 ? high : low))
    f.emit(count === 8 ? store('v128.store', get(to), shorts) : storeLane(64, get(to), shorts, 0))
  }
  return (inverseOf: Expression<'f32'>, zeroPointOf: Real): void => {
    f.set(inverse, operation('f32x4.splat', inverseOf))
    f.set(zeroPoint, operation('f32x4.splat', operation('f32.demote_f64', zeroPointOf)))
    f.set(integer, operation('i32x4.trunc_sat_f32x4_s', get(zeroPoint)))
    f.set(from, get(source))
    f.set(to, get(target))
    f.repeat(Math.floor(length / 8), () => {
      block(8)
      f.increase(from, 32)
      f.increase(to, 16)
    })
    if (length % 8 > 0) block(length % 8 > 4 ? 8 : 4)
  }
}

interface RowVectors {
  readonly inverse: Local<'v128'>
  readonly zeroPoint: Local<'v128'>
  /** The zero point as int32. */
  readonly integer: Local<'v128'>
}

function beginLevel(f: FunctionBuilder, row: RowVectors, quantization: BatchQuantization) {
  const isSymmetric = quantization === 'symmetric'
  const half = hoist(f, new Float32Array(4).fill(0.5))
  const one = hoist(f, new Float32Array(4).fill(1))
  const sign = hoist(f, new Int32Array(4).fill(-(2 ** 31)))
  const lowest = hoist(f, new Int32Array(4).fill(isSymmetric ? -127 : -128))
  const highest = hoist(f, new Int32Array(4).fill(127))
  const [level, whole] = [f.local('v128'), f.local('v128')]
  return (value: Local<'v128'>): void => {
    const scaled = operation('f32x4.mul', get(value), get(row.inverse))
    f.set(level, isSymmetric ? scaled : operation('f32x4.add', get(row.zeroPoint), scaled))
    f.set(whole, operation('f32x4.trunc', get(level)))
    const rest = operation('f32x4.abs', operation('f32x4.sub', get(level), get(whole)))
    const signedOne = operation('v128.or', get(one), operation('v128.and', get(level), get(sign)))
    const step = operation('v128.and', signedOne, operation('f32x4.ge', rest, get(half)))
    f.set(value, operation('i32x4.trunc_sat_f32x4_s', operation('f32x4.add', get(whole), step)))
    f.set(value, operation('i32x4.max_s', operation('i32x4.min_s', get(value), get(highest)), get(lowest)))
    if (!isSymmetric) f.set(value, operation('i32x4.sub', get(value), get(row.integer)))
    // What is no number becomes 0.
    f.set(value, operation('v128.and', get(value), operation('f32x4.eq', get(level), get(level))))
  }
}
