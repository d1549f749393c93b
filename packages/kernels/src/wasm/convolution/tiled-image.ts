import type { FunctionBuilder } from '../assembler/function-builder.ts'
import type { Span } from '../share.ts'
import type { Panel } from './split.ts'
import type { EmitTile, TilePointers } from './tile.ts'
import { tileGrid, tileLimits } from './tile-grid.ts'
import { rowsOf } from './tiled-products.ts'
import type { Region, TiledProducts } from './tiled-products.ts'

/** Writes the code for all tiles of an image and a panel, and moves the pointers to input and output below it. */
export function emitImage(
  f: FunctionBuilder,
  products: TiledProducts,
  pointers: TilePointers,
  panel: Panel,
  emitTile: EmitTile,
): void {
  if (products.regions !== undefined) {
    emitRegions(f, products, products.regions, pointers, panel, emitTile)
    return
  }
  const [rows, columns] = [rowsOf(products).count, products.positions.count]
  emitGrid(f, products, pointers, panel, { rows, columns }, (height, width) =>
    emitTile({ height, width }, panel),
  )
}

/** Where the pointers of a tile are, in bytes from where they were at the start of the image. */
type Place = Readonly<Record<'input' | 'output' | 'weights' | 'starts', number>>

/** Regions of the same size are one piece of code that runs twice. */
function emitRegions(
  f: FunctionBuilder,
  products: TiledProducts,
  regions: readonly Region[],
  pointers: TilePointers,
  panel: Panel,
  emitTile: EmitTile,
): void {
  const { rowBytes, placeOf } = placesOf(products, panel)
  const { count, stride } = rowsOf(products)
  const below = (place: Place, rows: number): Place => ({
    ...place,
    ...{ input: place.input + rows * stride, output: place.output + rows * rowBytes },
  })
  const start: Place = { input: 0, output: 0, weights: 0, starts: 0 }
  let at = start
  for (const alike of alikeRegions(regions)) {
    const size = { rows: lengthOf(alike[0]!.rows), columns: lengthOf(alike[0]!.columns) }
    const reach = { windowRows: lengthOf(alike[0]!.windowRows), steps: lengthOf(alike[0]!.steps) }
    const [first, second] = alike.map((region) => placeOf(region, regions.indexOf(region)))
    const step = second === undefined ? start : difference(second, below(first!, size.rows))
    move(f, pointers, difference(first!, at))
    f.repeat(alike.length, () => {
      emitGrid(f, products, pointers, panel, size, (height, width) =>
        emitTile({ height, width }, panel, reach),
      )
      move(f, pointers, step)
    })
    at = below(first!, size.rows)
    if (second !== undefined) at = difference(second, difference(first!, second))
  }
  move(f, pointers, difference(below(start, count), at))
}

const lengthOf = ({ from, to }: Span): number => to - from

function placesOf({ positions, channels, epilogue, parts, steps, outer }: TiledProducts, panel: Panel) {
  const { stride } = rowsOf({ outer, positions })
  const positionBytes = channels * epilogue.outputBytes
  const rowBytes = positions.count * positionBytes
  const [window, ...inside] = parts
  const stepsOfRow = inside.reduce((product, { count }) => product * count, steps)
  const placeOf = ({ rows, columns, ...reach }: Region, index: number): Place => ({
    input:
      rows.from * stride +
      columns.from * positions.stride +
      reach.windowRows.from * window!.stride +
      reach.steps.from * 4,
    output: rows.from * rowBytes + columns.from * positionBytes,
    weights: (reach.windowRows.from * stepsOfRow + reach.steps.from) * panel.size * 4,
    starts: index * Math.ceil(channels / 4) * 16,
  })
  return { rowBytes, placeOf }
}

const difference = (to: Place, from: Place): Place => ({
  input: to.input - from.input,
  output: to.output - from.output,
  weights: to.weights - from.weights,
  starts: to.starts - from.starts,
})

function move(f: FunctionBuilder, pointers: TilePointers, by: Place): void {
  f.increase(pointers.input, by.input)
  f.increase(pointers.output, by.output)
  f.increase(pointers.weights, by.weights)
  if (pointers.starts !== undefined) f.increase(pointers.starts, by.starts)
}

/** Regions that differ only in where they are, in pairs, and those without a second one. */
function alikeRegions(regions: readonly Region[]): readonly (readonly Region[])[] {
  const sizeOf = ({ rows, columns, windowRows, steps }: Region): string =>
    [rows, columns, windowRows, steps].map(lengthOf).join(' ')
  const left = [...regions]
  const pairs: (readonly Region[])[] = []
  for (let first = left.shift(); first !== undefined; first = left.shift()) {
    const size = sizeOf(first)
    const second = left.findIndex((region) => sizeOf(region) === size)
    pairs.push(second === -1 ? [first] : [first, ...left.splice(second, 1)])
  }
  return pairs
}

/** Writes the code for the tiles of some rows and columns, and moves the pointers below the first column of them. */
function emitGrid(
  f: FunctionBuilder,
  { positions, channels, epilogue, inner, outer }: TiledProducts,
  { input, output }: TilePointers,
  panel: Panel,
  size: { readonly rows: number; readonly columns: number },
  emitTile: (height: number, width: number) => void,
): void {
  const { stride } = rowsOf({ outer, positions })
  const positionBytes = channels * epilogue.outputBytes
  const limits = tileLimits(inner, panel.size)
  for (const { height, count, tiles } of tileGrid(size.rows, size.columns, limits)) {
    f.repeat(count, () => {
      for (const { size: width, count: tileCount } of tiles) {
        f.repeat(tileCount, () => {
          emitTile(height, width)
          f.increase(input, width * positions.stride)
          f.increase(output, width * positionBytes)
        })
      }
      f.increase(input, height * stride - size.columns * positions.stride)
      f.increase(output, (height * positions.count - size.columns) * positionBytes)
    })
  }
}
