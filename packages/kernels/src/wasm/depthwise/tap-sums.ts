import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { DepthwiseCode } from './depthwise-code.ts'
import type { TileRun } from './row-tiles.ts'
import { repeatedGroups } from './tap-groups.ts'
import type { Tap, TapGroup } from './tap-groups.ts'
import type { WeightAt } from './weight-vectors.ts'
import type { WindowRows } from './window-rows.ts'

/** Four channels in each vector. */
export type Vectors = readonly Local<'v128'>[]

/** The code that sums products of taps for the tiles of a run. */
export interface TapSums {
  /** Before the first tile. */
  begin(): void
  /** Adds all products of a tile to its sums, which are those of each row and column. */
  add(sums: readonly (readonly Vectors[])[], weightAt: WeightAt): void
}

/** What {@link tapSums} are written for. */
export interface TapSumsOptions {
  readonly run: TileRun
  /** Of a tile of the run. */
  readonly groups: readonly TapGroup[]
  readonly window: WindowRows
  /** Vectors of four channels in a panel. */
  readonly quads: number
}

/** Writes sums of products. Vectors of taps that the next tile of a run needs again are kept for it. */
export function tapSums(
  f: FunctionBuilder,
  code: DepthwiseCode,
  { run, groups, window, quads }: TapSumsOptions,
): TapSums {
  const { inner, loader, parts } = code
  const keeps = run.count > 1 && inner.elementsPerStep > 1 && parts.loops.length === 0
  const repeated = keeps ? repeatedGroups(groups, run.columns) : []
  const vectors = (name: string): Vectors =>
    Array.from({ length: quads }, (_, quad) => code.registers.vector(`${name} ${quad}`))
  const kept = new Map(repeated.map(({ group }, index) => [group, vectors(`kept ${index}`)]))
  const made = new Map(
    repeated.map(({ before }, index) => [before, kept.get(before) ?? vectors(`made ${index}`)]),
  )
  const passing = vectors('taps')
  const element = elementReader(code, run, window)
  const make = ({ sources }: TapGroup, target: Vectors): boolean => {
    const any = sources.find((source) => source !== undefined)!
    const elements = sources.map((source) => element(source ?? any))
    if (!elements.every((each) => each !== undefined)) return false
    loader.combine(elements, target)
    return true
  }
  return {
    begin: () => kept.forEach((target, group) => make(group, target)),
    add(sums, weightAt) {
      for (const group of groups) {
        const target = kept.get(group) ?? made.get(group) ?? passing
        if (!kept.has(group) && !make(group, target)) continue
        for (const { row, column, weights } of group.uses) {
          sums[row]![column]!.forEach((sum, quad) =>
            f.set(sum, inner.accumulate(get(sum), get(target[quad]!), weightAt(weights, quad))),
          )
        }
      }
      for (const { group, before } of repeated)
        kept.get(group)!.forEach((vector, quad) => f.set(vector, get(made.get(before)![quad]!)))
    },
  }
}

/** Reads the elements of a tile's windows; undefined for those that are left out. */
function elementReader(
  { geometry, loader, elementBytes }: DepthwiseCode,
  { from }: TileRun,
  window: WindowRows,
): (source: Tap) => Expression<'v128'> | undefined {
  const { inputWidth, inputChannels } = geometry
  return ({ row, column }) => {
    const at = from + column
    if (at < 0 || at >= inputWidth) return loader.outside
    const { pointer, offset } = window.at(row)
    const columns = at - Math.max(0, from)
    return loader.load(get(pointer), offset + columns * inputChannels * elementBytes)
  }
}
