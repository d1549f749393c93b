import { load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { Epilogue } from './epilogue.ts'
import { linearForm } from './linear-form.ts'
import type { EmitQuad, QuadForm } from './quad-form.ts'
import type { RequantizeEpilogueOptions } from './requantize-float.ts'
import { narrowToInt16, storeIntegers } from './store-integers.ts'
import { wideForm } from './wide-form.ts'

/** Fewer output positions do not repay the search for lines. */
const fewestPositions = 8

/**
 * Requantizes with integers only, the `tflite` arithmetic: exactly gemmlowp's double rounding (spec 6.2). Four channels at
 * a time take 32-bit arithmetic where that is proved to be exact, 64-bit products elsewhere.
 *
 * @param largestSums bounds of the magnitude of the sums of each channel, bias included.
 * @returns undefined where a sum could overflow on the way.
 */
export function integerRequantizeEpilogue(
  options: RequantizeEpilogueOptions,
  largestSums: Float64Array,
): Epilogue | undefined {
  const { bias, positions = fewestPositions } = options
  const quads = Array.from({ length: Math.ceil(bias.length / 4) }, (_, quad) => quad)
  const linear = positions < fewestPositions ? undefined : linearForm(options, largestSums)
  const proved = quads.map((quad) => linear?.parametersOf(quad))
  if (linear !== undefined && proved.every((parameters) => parameters !== undefined))
    return epilogueOf(options, linear.vectorsPerQuad, proved, (f) => linear.begin(f))
  const wide = wideForm(options, largestSums)
  if (wide === undefined) return undefined
  const fallback = (quad: number): Int32Array => wide.parametersOf(quad)!
  if (linear === undefined || proved.every((parameters) => parameters === undefined))
    return epilogueOf(options, wide.vectorsPerQuad, quads.map(fallback), (f) => wide.begin(f))
  const vectors = Math.max(linear.vectorsPerQuad, wide.vectorsPerQuad)
  const mixed = proved.map((parameters, quad) => flagged(parameters, fallback(quad), vectors))
  return epilogueOf(options, vectors + 1, mixed, (f) => eitherForm(f, linear, wide, vectors * 16))
}

/** Parameters of one of the forms, and behind them whether they are those of the first. */
function flagged(first: Int32Array | undefined, second: Int32Array, vectors: number): Int32Array {
  const packed = new Int32Array((vectors + 1) * 4)
  packed.set(first ?? second)
  packed[vectors * 4] = first === undefined ? 0 : 1
  return packed
}

function eitherForm(f: FunctionBuilder, first: QuadForm, second: QuadForm, flagAt: number): EmitQuad {
  const [emitFirst, emitSecond] = [first.begin(f), second.begin(f)]
  return (sums, parameters, offset) => {
    f.when(
      load('i32.load', get(parameters), offset + flagAt),
      () => emitFirst(sums, parameters, offset),
      () => emitSecond(sums, parameters, offset),
    )
  }
}

function epilogueOf(
  { outputType }: RequantizeEpilogueOptions,
  vectorsPerQuad: number,
  quads: readonly (Int32Array | undefined)[],
  begin: (f: FunctionBuilder) => EmitQuad,
): Epilogue {
  const parameters = new Int32Array(quads.length * vectorsPerQuad * 4)
  quads.forEach((values, quad) => parameters.set(values ?? [], quad * vectorsPerQuad * 4))
  return {
    outputBytes: 1,
    vectorsPerQuad,
    parameters,
    begin(f) {
      const emitQuad = begin(f)
      return (tile) => {
        const [row = []] = tile.sums
        row.forEach((_, quad) => {
          const sums = tile.sums.map((vectors) => vectors[quad]!)
          emitQuad(sums, tile.parameters, quad * vectorsPerQuad * 16)
        })
        storeIntegers(f, tile, (vectors) => narrow(f, vectors, outputType))
      }
    },
  }
}

/** Turns int32 that are in range already into bytes. */
function narrow(f: FunctionBuilder, quads: readonly Local<'v128'>[], outputType: 'int8' | 'uint8'): void {
  const [low, high = low] = narrowToInt16(f, quads)
  const narrowed = outputType === 'int8' ? 'i8x16.narrow_i16x8_s' : 'i8x16.narrow_i16x8_u'
  f.set(low!, operation(narrowed, get(low!), get(high!)))
}
