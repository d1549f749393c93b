import { constant, load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import type { Epilogue } from './epilogue.ts'
import { linearForm } from './linear-form.ts'
import { beginNarrowBytes } from './narrow-bytes.ts'
import type { EmitQuad, QuadForm } from './quad-form.ts'
import type { RequantizeEpilogueOptions } from './requantize-float.ts'
import { onceForm } from './once-form.ts'
import { scalarForm } from './scalar-form.ts'
import { storeIntegers } from './store-integers.ts'
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
 * channels at a time take 32-bit arithmetic where that is proved to be exact, 64-bit products elsewhere.
 *
 * @param largestSums bounds of the magnitude of the sums of each channel, bias included.
 */
export function integerRequantizeEpilogue(
  options: RequantizeEpilogueOptions,
  largestSums: Float64Array,
): Epilogue {
  const chosen = chooseForms(options, largestSums)
  const [only] = chosen
  const flagAt = Math.max(...chosen.map(({ form }) => form.vectorsPerQuad))
  const vectorsPerQuad = chosen.length === 1 ? flagAt : flagAt + 1
  const quads = Math.ceil(options.bias.length / 4)
  const parameters = new Int32Array(quads * vectorsPerQuad * 4)
  chosen.forEach((each, index) => {
    for (const [quad, values] of each.parameters) {
      parameters.set(values, quad * vectorsPerQuad * 4)
      if (chosen.length > 1) parameters[(quad * vectorsPerQuad + flagAt) * 4] = index
    }
  })
  return {
    outputBytes: 1,
    vectorsPerQuad,
    parameters,
    begin(f) {
      const emitQuad = chosen.length === 1 ? only!.form.begin(f) : chosenForm(f, chosen, flagAt * 16)
      const narrow = beginNarrowBytes(f, options.outputType, 0)
      return (tile) => {
        tile.sums[0]?.forEach((_, quad) => {
          const sums = tile.sums.map((vectors) => vectors[quad]!)
          emitQuad(sums, tile.parameters, quad * vectorsPerQuad * 16)
        })
        storeIntegers(f, tile, narrow)
      }
    },
  }
}

/** For each four channels the fastest form that is exact for them; only the forms that some of them take. */
function chooseForms(options: RequantizeEpilogueOptions, largestSums: Float64Array): readonly ChosenForm[] {
  const { bias, positions = fewestPositions } = options
  const forms: readonly ((wanted: readonly number[]) => QuadForm)[] =
    options.arithmetic === 'ruy'
      ? [() => onceForm(options, largestSums), () => scalarForm(options)]
      : [
          ...(positions < fewestPositions ? [] : [() => linearForm(options, largestSums)]),
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

/** Each four channels by the form whose number stands behind their parameters. */
function chosenForm(f: FunctionBuilder, chosen: readonly ChosenForm[], flagAt: number): EmitQuad {
  const emitters = chosen.map(({ form }) => form.begin(f))
  return (sums, parameters, offset) => {
    const emitFrom = (index: number): void => {
      const emit = (): void => emitters[index]!(sums, parameters, offset)
      if (index === emitters.length - 1) {
        emit()
        return
      }
      const flag = load('i32.load', get(parameters), offset + flagAt)
      f.when(operation('i32.eq', flag, constant(index)), emit, () => emitFrom(index + 1))
    }
    emitFrom(0)
  }
}
