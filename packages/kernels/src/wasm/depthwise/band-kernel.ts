import { constant, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { splitChannels } from '../convolution/split.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { nearestBytes } from '../byte-excess.ts'
import { bandExcess, beyondBytes } from './band-excess.ts'
import type { BandExcess } from './band-excess.ts'
import { bandMemory, fillBorders } from './band-memory.ts'
import { bandTiles } from './band-tiles.ts'
import { bandPlan } from './bands.ts'
import type { BandOptions, BandPlan } from './bands.ts'
import { pairWriter } from './pair-writer.ts'
import type { RowPair } from './pair-writer.ts'
import { packTaps, packedLength } from './tap-weights.ts'

/** Channels of a panel: columns of pairs are vectors of so many, and so are stored halves of vectors of bytes. */
const panelSize = 8

const noExcess: BandExcess = { panels: [], columns: [] }

/**
 * The kernel of 3×3 windows on bytes by bands: four rows of the input are interleaved in scratch memory, with what stands
 * beside them, and all windows that lie in them are computed, each column of a window by one instruction. No border is left
 * that needs code of its own, and the weights of a panel stay in registers.
 *
 * @returns undefined where not even two bytes hold a weight.
 */
export function bandKernel(options: BandOptions): GeneratedKernel | undefined {
  const { geometry, input, inner, epilogue, filter, exceeds = false } = options
  const excess = exceeds ? bandExcess(filter, geometry, panelSize) : noExcess
  if (excess === undefined) return undefined
  const plan = bandPlan(geometry)
  const panels = splitChannels(geometry.outputChannels, panelSize)
  const packing = { vectors: plan.weights.flat(), origins: [{ row: 0, column: 0 }], panels, firstChannel: 0 }
  const length = packedLength(packing)
  const packed = new Int8Array(exceeds ? 2 * length : length)
  packTaps(exceeds ? nearestBytes(filter) : filter, geometry, packing, packed)
  if (exceeds) packTaps(beyondBytes(filter), geometry, packing, packed.subarray(length))
  const memory = bandMemory(geometry, plan)
  return {
    name: inner.name,
    constants: [packed, epilogue.parameters],
    scratchBytes: memory.bytes,
    ...(epilogue.signature === undefined ? {} : { signature: signatureOf(options, excess) }),
    emit(f, { inputs: [from = 0], output, constants: [weights = 0, parameters = 0], scratch }) {
      fillBorders(f, input, plan, memory, scratch)
      const { rowBytes, columnBytes, pairBytes } = memory
      const { inputHeight } = geometry
      const border = scratch + 2 * pairBytes
      const write = pairWriter(f, { inputHeight, rowBytes, border, flips: input.signed })
      const finish = epilogue.begin(f)
      const tiles = { geometry, inner, epilogue, plan, panels, finish, weights, parameters }
      const emitTiles = bandTiles(f, { ...tiles, excess, excessAt: length })
      emitImages(f, options, plan, {
        ...{ emitTiles, from, output, pairs: [scratch, scratch + pairBytes] },
        writePair: (rows, pair) => write(rows, pair, plan.columns.left * columnBytes),
      })
    },
  }
}

function signatureOf({ geometry, input, inner, epilogue }: BandOptions, excess: BandExcess): string {
  const code = [geometry, input, inner.name, epilogue.signature, excess]
  return JSON.stringify(['DEPTHWISE_CONV_2D', 'bands', ...code])
}

interface ImageParts {
  /** Writes the code that makes a pair of rows. */
  readonly writePair: (rows: RowPair, pair: Local<'i32'>) => void
  /** Writes the code for some output rows of a band, which is two pairs. */
  readonly emitTiles: (rows: number, pairs: readonly Local<'i32'>[], output: Local<'i32'>) => void
  readonly pairs: readonly [number, number]
  readonly from: number
  readonly output: number
}

/** Writes the loops over images and their pairs of rows, each with the output rows of the band that it completes. */
function emitImages(
  f: FunctionBuilder,
  { geometry }: BandOptions,
  { outputRows }: BandPlan,
  { writePair, emitTiles, pairs, from, output }: ImageParts,
): void {
  const { batches, inputHeight, inputWidth, inputChannels, padTop } = geometry
  const { outputHeight, outputWidth, outputChannels } = geometry
  const [image, top, rowOutput] = [f.local('i32'), f.local('i32'), f.local('i32')]
  const [upper, lower, other] = [f.local('i32'), f.local('i32'), f.local('i32')]
  const [bands, rest] = [Math.ceil(outputHeight / outputRows), outputHeight % outputRows]
  const emitRows = (rows: number): void => {
    emitTiles(rows, [upper, lower], rowOutput)
    f.increase(rowOutput, rows * outputWidth * outputChannels)
  }
  const isPair = (pair: number) => operation('i32.eq', get(top), constant(2 * pair - padTop))
  const emitBand = (): void => {
    if (bands === 1 || rest === 0) emitRows(rest || outputRows)
    else
      f.when(
        isPair(bands),
        () => emitRows(rest),
        () => emitRows(outputRows),
      )
  }
  f.set(image, constant(from))
  f.set(rowOutput, constant(output))
  f.set(upper, constant(pairs[0]))
  f.set(lower, constant(pairs[1]))
  f.repeat(batches, () => {
    f.set(top, constant(-padTop))
    f.repeat(bands + 1, () => {
      writePair({ image, top }, lower)
      f.when(operation('i32.eqz', isPair(0)), emitBand)
      f.set(other, get(upper))
      f.set(upper, get(lower))
      f.set(lower, get(other))
      f.increase(top, 2)
    })
    f.increase(image, inputHeight * inputWidth * inputChannels)
  })
}
