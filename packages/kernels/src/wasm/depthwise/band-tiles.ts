import { constant, load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { splitEvenly } from '../convolution/split.ts'
import type { Panel, Parts } from '../convolution/split.ts'
import type { Tile } from '../epilogue/epilogue.ts'
import type { BandExcess } from './band-excess.ts'
import { emitBandTile } from './band-sums.ts'
import type { BandOptions, BandPlan } from './bands.ts'
import { registers } from './registers.ts'

/** What the tiles of bands are written for. */
export interface BandTiles extends Pick<BandOptions, 'geometry' | 'inner' | 'epilogue'> {
  readonly plan: BandPlan
  readonly panels: readonly Panel[]
  readonly finish: (tile: Tile) => void
  readonly weights: number
  readonly parameters: number
  readonly excess: BandExcess
  /** Bytes from each vector of weights to what it exceeds bytes by. */
  readonly excessAt: number
}

/** Positions in a turn of the loop over a row, the shortest code first; rows of no more than the last are written out. */
const turnSizes = [4, 5, 6, 7] as const

function turnsOf(positions: number): readonly Parts[] {
  const size = positions <= 7 ? positions : turnSizes.find((each) => positions % each === 0)
  return splitEvenly(positions, size ?? turnSizes[0])
}

/** Vectors of sums that are complete at the same time: they share parameters, and more would not have registers. */
const largestTile = 8

/** Returns what writes the code for output rows of a band: panel after panel, as their weights stay in registers. */
export function bandTiles(
  f: FunctionBuilder,
  tiles: BandTiles,
): (rows: number, pairs: readonly Local<'i32'>[], rowOutput: Local<'i32'>) => void {
  const { geometry, epilogue, plan, panels } = tiles
  const { outputWidth, outputChannels, strideWidth, inputChannels } = geometry
  const { pointer, vector } = registers(f)
  const panelPairs = [pointer('panel upper'), pointer('panel lower')]
  const panelOutput = pointer('panel output')
  const [weights, parameters] = [pointer('weights'), pointer('parameters')]
  const [upper, lower, output] = [pointer('upper'), pointer('lower'), pointer('output')]
  const bandRegisters = { vector, pairs: [upper, lower] as const, output, parameters, weights }
  const turns = turnsOf(outputWidth)
  const emitTurn = (size: number, rows: number, quads: number, exceeds: boolean): void => {
    const loaded = new Set<number>()
    const largest = largestTile / rows / quads
    for (let first = 0; first < size; first += largest) {
      const columns = Math.min(largest, size - first)
      const place = { rows, columns, quads, first, exceeds }
      emitBandTile(f, tiles, { ...bandRegisters, loaded }, place)
    }
    for (const pair of [upper, lower]) f.increase(pair, size * strideWidth * inputChannels * 2)
    f.increase(output, size * outputChannels)
  }
  return (rows, pairs, rowOutput) => {
    panelPairs.forEach((panel, at) => f.set(panel, get(pairs[at]!)))
    f.set(panelOutput, get(rowOutput))
    f.set(weights, constant(tiles.weights))
    f.set(parameters, constant(tiles.parameters))
    for (const { size, count } of panels) {
      const quads = size / 4
      const vectors = plan.weights.flat().length * quads
      f.repeat(count, () => {
        for (let at = 0; at < vectors; at++)
          f.set(vector(`weights ${at}`), load('v128.load', get(weights), at * 16))
        for (const [at, pair] of [upper, lower].entries()) f.set(pair, get(panelPairs[at]!))
        f.set(output, get(panelOutput))
        const emitTurns = (exceeds: boolean): void =>
          turns.forEach((turn) => f.repeat(turn.count, () => emitTurn(turn.size, rows, quads, exceeds)))
        emitByExcess(f, tiles, weights, emitTurns)
        for (const panel of panelPairs) f.increase(panel, size * 2)
        f.increase(panelOutput, size)
        f.increase(weights, vectors * 16)
        f.increase(parameters, quads * epilogue.vectorsPerQuad * 16)
      })
    }
  }
}

/** So many panels are told apart; among more, all take the code that multiplies twice. */
const mostExceeding = 2

/** Writes the code of panels: with what weights exceed bytes by for those that have such weights, without it for the others. */
function emitByExcess(
  f: FunctionBuilder,
  { excess, panels, plan, weights: first }: BandTiles,
  weights: Local<'i32'>,
  emit: (exceeds: boolean) => void,
): void {
  const all = panels.reduce((sum, { count }) => sum + count, 0)
  const exceeding = excess.panels.length
  if (exceeding === 0 || exceeding === all || exceeding > mostExceeding) {
    emit(exceeding > 0)
    return
  }
  // Only the last panel may be smaller than the first, so that all before it are.
  const panelBytes = plan.weights.flat().length * (panels[0]!.size / 4) * 16
  const isExceeding = excess.panels
    .map((panel) => operation('i32.eq', get(weights), constant(first + panel * panelBytes)))
    .reduce((any, one) => operation('i32.or', any, one))
  f.when(
    isExceeding,
    () => emit(true),
    () => emit(false),
  )
}
