import { load } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { BandTiles } from './band-tiles.ts'
import { interleave } from './interleave.ts'

/** What tiles of all sizes share. */
export interface BandRegisters {
  vector(name: string): Local<'v128'>
  /** The first column that the first tile of a turn looks at, in both pairs of a band, and its first output. */
  readonly pairs: readonly [Local<'i32'>, Local<'i32'>]
  readonly output: Local<'i32'>
  readonly parameters: Local<'i32'>
  /** Address of the weights of the panel. */
  readonly weights: Local<'i32'>
  /** Columns that a tile before this one has loaded, counted from the first of the turn. */
  readonly loaded: Set<number>
}

/** A tile of output positions and channels. */
export interface BandTilePlace {
  readonly rows: number
  readonly columns: number
  /** Vectors of four channels. */
  readonly quads: number
  /** Columns of the output from the first tile of the turn to this one. */
  readonly first: number
  /** Whether what weights exceed bytes by is multiplied, too. */
  readonly exceeds: boolean
}

const count = (length: number): readonly number[] => Array.from({ length }, (_, at) => at)

/** Writes the sums of a tile, and their end. Each column of a band is loaded once for all windows that see it. */
export function emitBandTile(
  f: FunctionBuilder,
  tiles: BandTiles,
  { vector, pairs, output, parameters, weights, loaded }: BandRegisters,
  { rows, columns, quads, first, exceeds }: BandTilePlace,
): void {
  const { geometry, inner, epilogue, finish, excess, excessAt } = tiles
  const { outputWidth, outputChannels, strideWidth, inputChannels } = geometry
  const positions = count(rows).flatMap((row) => count(columns).map((column) => ({ row, column })))
  const sums = positions.map((_, at) => count(quads).map((quad) => vector(`sum ${at} ${quad}`)))
  const biases = count(quads).map((quad) =>
    load('v128.load', get(parameters), quad * epilogue.vectorsPerQuad * 16),
  )
  sums.forEach((vectors) => vectors.forEach((sum, quad) => f.set(sum, biases[quad]!)))
  const panelWeights = count(rows * 3 * quads).map((index) => vector(`weights ${index}`))
  for (const seen of count((columns - 1) * strideWidth + 3)) {
    const at = first * strideWidth + seen
    const elements = count(quads).map((quad) => vector(`elements ${at} ${quad}`))
    if (!loaded.has(at)) loadElements(f, pairs, at * inputChannels * 2, elements)
    loaded.add(at)
    positions.forEach(({ row, column }, position) => {
      const tap = seen - column * strideWidth
      if (tap < 0 || tap > 2) return
      elements.forEach((each, quad) => {
        const [sum, index] = [sums[position]![quad]!, (row * 3 + tap) * quads + quad]
        f.set(sum, inner.accumulate(get(sum), get(each), get(panelWeights[index]!)))
        if (!exceeds || !excess.columns.includes(tap)) return
        const beyond = load('v128.load', get(weights), excessAt + index * 16)
        f.set(sum, inner.accumulate(get(sum), get(each), beyond))
      })
    })
  }
  const positionOffsets = positions.map(
    ({ row, column }) => (row * outputWidth + first + column) * outputChannels,
  )
  finish({ sums, parameters, output, positionOffsets, channels: quads * 4 })
}

/** Loads a column of both pairs and interleaves them: the four elements of each channel, for four channels in a vector. */
function loadElements(
  f: FunctionBuilder,
  [upper, lower]: readonly [Local<'i32'>, Local<'i32'>],
  offset: number,
  [low, high]: readonly Local<'v128'>[],
): void {
  const [above, below] = [f.local('v128'), f.local('v128')]
  const instruction = high === undefined ? 'v128.load64_zero' : 'v128.load'
  f.set(above, load(instruction, get(upper), offset))
  f.set(below, load(instruction, get(lower), offset))
  f.set(low!, interleave(get(above), get(below), 'low', 2))
  if (high !== undefined) f.set(high, interleave(get(above), get(below), 'high', 2))
}
