import { constant, load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import type { Epilogue, Tile } from './epilogue.ts'
import { linearForm } from './linear-form.ts'
import { beginNarrowBytes } from './narrow-bytes.ts'
import type { EmitQuad, QuadForm } from './quad-form.ts'
import type { RequantizeEpilogueOptions } from './requantize-float.ts'
import { onceForm } from './once-form.ts'
import { roundedForm } from './rounded-form.ts'
import { scalarForm } from './scalar-form.ts'
import { beginShiftedBytes, shiftFactors } from './shifted-bytes.ts'
import { storeIntegers } from './store-integers.ts'
import type { NarrowBytes } from './store-integers.ts'
import { wideForm } from './wide-form.ts'

/** Fewer output positions do not repay the search for lines. */
const fewestPositions = 8

/** A form, and the parameters of the groups of four channels that take it. */
interface ChosenForm {
  readonly form: QuadForm
  readonly parameters: ReadonlyMap<number, Int32Array>
}

/**
 * Requantizes with integers only, the `tflite` arithmetic: exactly gemmlowp's double rounding (spec 6.2), or that of `ruy`. Four
 * channels at a time take the fastest form that is exact for them.
 *
 * @param largestSums bounds of the magnitude of the sums of each channel, bias included.
 */
export function integerRequantizeEpilogue(
  options: RequantizeEpilogueOptions,
  largestSums: Float64Array,
): Epilogue {
  const chosen = chooseForms(options, largestSums)
  const layout = layoutOf(chosen)
  return {
    outputBytes: 1,
    vectorsPerQuad: layout.vectors,
    parameters: layParameters(chosen, layout, Math.ceil(options.bias.length / 4)),
    begin(f) {
      const emitQuad = beginQuads(f, options, chosen, layout)
      const beginNarrow = beginNarrowing(f, options, layout)
      const clamp = beginClampBytes(f, options)
      return (tile) => {
        tile.sums[0]!.forEach((_, quad) => {
          const sums = tile.sums.map((vectors) => vectors[quad]!)
          emitQuad(sums, tile.parameters, quad * layout.vectors * 16)
        })
        const narrow = beginNarrow(tile)
        storeIntegers(f, tile, (vectors, quads) => {
          narrow(vectors, quads)
          clamp(vectors[0]!)
        })
      }
    },
  }
}

/** Where the parameters of four channels stand, in vectors. */
interface Layout {
  readonly vectors: number
  /** Of what undoes powers of two, if any form leaves outputs too large. */
  readonly factorsAt: number | undefined
  /** Of the number of the form, if there are several. */
  readonly flagAt: number | undefined
}

function layoutOf(chosen: readonly ChosenForm[]): Layout {
  const own = Math.max(...chosen.map(({ form }) => form.vectorsPerQuad))
  const factorsAt = chosen.some(({ form }) => form.shiftsOf !== undefined) ? own : undefined
  const behind = factorsAt === undefined ? own : own + 1
  const flagAt = chosen.length > 1 ? behind : undefined
  return { vectors: flagAt === undefined ? behind : behind + 1, factorsAt, flagAt }
}

/** What is not too large is doubled, so that all channels have factors. */
const smallestShifts = [1, 1, 1, 1]

function layParameters(
  chosen: readonly ChosenForm[],
  { vectors, factorsAt, flagAt }: Layout,
  quads: number,
): Int32Array {
  const parameters = new Int32Array(quads * vectors * 4)
  chosen.forEach((each, index) => {
    for (const [quad, values] of each.parameters) {
      const at = (vector: number): number => (quad * vectors + vector) * 4
      parameters.set(values, at(0))
      if (factorsAt !== undefined)
        parameters.set(shiftFactors(each.form.shiftsOf?.(quad) ?? smallestShifts), at(factorsAt))
      if (flagAt !== undefined) parameters[at(flagAt)] = index
    }
  })
  return parameters
}

/** Each four channels by the form whose number stands behind their parameters. */
function beginQuads(
  f: FunctionBuilder,
  { outputType }: RequantizeEpilogueOptions,
  chosen: readonly ChosenForm[],
  { factorsAt, flagAt }: Layout,
): EmitQuad {
  const emitters = chosen.map(({ form }): EmitQuad => {
    const emit = form.begin(f)
    if (factorsAt === undefined || form.shiftsOf !== undefined) return emit
    const middle = outputType === 'uint8' ? hoist(f, new Int32Array(4).fill(128)) : undefined
    return (sums, parameters, offset) => {
      emit(sums, parameters, offset)
      for (const sum of sums) {
        const value = middle === undefined ? get(sum) : operation('i32x4.sub', get(sum), get(middle))
        f.set(sum, operation('i32x4.shl', value, constant(1)))
      }
    }
  })
  return (sums, parameters, offset) => {
    const emitFrom = (index: number): void => {
      const emit = (): void => emitters[index]!(sums, parameters, offset)
      if (flagAt === undefined || index === emitters.length - 1) {
        emit()
        return
      }
      const flag = load('i32.load', get(parameters), offset + flagAt * 16)
      f.when(operation('i32.eq', flag, constant(index)), emit, () => emitFrom(index + 1))
    }
    emitFrom(0)
  }
}

function beginNarrowing(
  f: FunctionBuilder,
  { outputType, relaxed = false }: RequantizeEpilogueOptions,
  { vectors, factorsAt }: Layout,
): (tile: Tile) => NarrowBytes {
  if (factorsAt === undefined) {
    const narrow = beginNarrowBytes(f, outputType, 0)
    return () => narrow
  }
  const begin = beginShiftedBytes(f, outputType, relaxed)
  return ({ parameters, sums }) =>
    begin(parameters, (quad) => (quad * vectors + factorsAt) * 16, sums[0]!.length)
}

/** Limits bytes to the range of a fused activation, where that is narrower than their type. */
function beginClampBytes(
  f: FunctionBuilder,
  { range, outputType }: RequantizeEpilogueOptions,
): (bytes: Local<'v128'>) => void {
  const signed = outputType === 'int8'
  const [smallest, largest] = signed ? [-128, 127] : [0, 255]
  const lowest = range.min > smallest ? hoist(f, new Uint8Array(16).fill(range.min)) : undefined
  const highest = range.max < largest ? hoist(f, new Uint8Array(16).fill(range.max)) : undefined
  return (bytes) => {
    if (lowest !== undefined)
      f.set(bytes, operation(signed ? 'i8x16.max_s' : 'i8x16.max_u', get(bytes), get(lowest)))
    if (highest !== undefined)
      f.set(bytes, operation(signed ? 'i8x16.min_s' : 'i8x16.min_u', get(bytes), get(highest)))
  }
}

/** For each four channels the fastest form that is exact for them; only the forms that some of them take. */
function chooseForms(options: RequantizeEpilogueOptions, largestSums: Float64Array): readonly ChosenForm[] {
  const { bias, positions = fewestPositions } = options
  const clampsNegative = options.zeroPoint <= options.range.min
  const forms: readonly ((wanted: readonly number[]) => QuadForm)[] =
    options.arithmetic === 'ruy'
      ? [() => onceForm(options, largestSums), () => scalarForm(options)]
      : [
          ...(clampsNegative && positions >= fewestPositions ? [() => linearForm(options, largestSums)] : []),
          () => roundedForm(options, largestSums),
          (wanted) => wideForm(options, largestSums, wanted),
          () => scalarForm(options),
        ]
  let left: readonly number[] = Array.from({ length: Math.ceil(bias.length / 4) }, (_, quad) => quad)
  const chosen: ChosenForm[] = []
  for (const make of forms) {
    if (left.length === 0) break
    const form = make(left)
    const parameters = new Map<number, Int32Array>()
    for (const quad of left) {
      const values = form.parametersOf(quad)
      if (values !== undefined) parameters.set(quad, values)
    }
    if (parameters.size > 0) chosen.push({ form, parameters })
    left = left.filter((quad) => !parameters.has(quad))
  }
  return chosen
}
