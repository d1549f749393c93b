import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { blocksOf } from './position-blocks.ts'
import { beginTile } from './tile.ts'
import type { EmitTile, TilePointers } from './tile.ts'
import { emitImage } from './tiled-image.ts'
import { panelsOf, rowsOf, stepCount } from './tiled-products.ts'
import type { TiledProducts, Walk } from './tiled-products.ts'

/** Addresses that tiled products start from; evaluated more than once, and not changed by them. */
export interface TiledAddresses {
  readonly input: Expression<'i32'>
  readonly weights: Expression<'i32'>
  readonly parameters: Expression<'i32'>
  readonly output: Expression<'i32'>
  /** Of what the sums of regions start with, a table for each; only for products that are divided into regions. */
  readonly starts?: Expression<'i32'> | undefined
}

/** Writes the code: blocks of positions, and for each all panels of channels. */
export function emitTiledProducts(
  f: FunctionBuilder,
  products: TiledProducts,
  addresses: TiledAddresses,
): void {
  const state: State = {
    input: f.local('i32'),
    weights: f.local('i32'),
    parameters: f.local('i32'),
    output: f.local('i32'),
    panelOutput: f.local('i32'),
    starts: addresses.starts === undefined ? undefined : f.local('i32'),
  }
  const emitTile = beginTile(f, products, state)
  const blocks = blocksOf(products, panelsOf(products))
  if (blocks === undefined) {
    emitPanels(f, products, state, addresses, emitTile)
    return
  }
  const [input, output] = [f.local('i32'), f.local('i32')]
  f.set(input, addresses.input)
  f.set(output, addresses.output)
  f.repeat(blocks.repeats, () => {
    for (const { size, count } of blocks.parts) {
      const block = blocks.of(size)
      f.repeat(count, () => {
        const own = { ...addresses, input: get(input), output: get(output) }
        emitPanels(f, block.products, state, own, emitTile)
        f.increase(input, block.inputBytes)
        f.increase(output, block.outputBytes)
      })
    }
    f.increase(input, blocks.gap)
  })
}

interface State extends TilePointers {
  readonly panelOutput: Local<'i32'>
}

/** Panels of channels outermost, so that their weights stay in the nearest cache. */
function emitPanels(
  f: FunctionBuilder,
  products: TiledProducts,
  state: State,
  addresses: TiledAddresses,
  emitTile: EmitTile,
): void {
  const { epilogue, outer } = products
  const { starts } = state
  if (starts !== undefined && addresses.starts !== undefined) f.set(starts, addresses.starts)
  f.set(state.weights, addresses.weights)
  f.set(state.parameters, addresses.parameters)
  f.set(state.panelOutput, addresses.output)
  for (const panel of panelsOf(products)) {
    f.repeat(panel.count, () => {
      f.set(state.input, addresses.input)
      f.set(state.output, get(state.panelOutput))
      walkImages(f, products, state, outer.slice(0, -1), () => emitImage(f, products, state, panel, emitTile))
      f.increase(state.weights, stepCount(products) * panel.size * 4)
      f.increase(state.parameters, (panel.size / 4) * epilogue.vectorsPerQuad * 16)
      f.increase(state.panelOutput, panel.size * epilogue.outputBytes)
      if (starts !== undefined) f.increase(starts, panel.size * 4)
    })
  }
}

/** All but the rows and columns of one image. */
function walkImages(
  f: FunctionBuilder,
  products: TiledProducts,
  state: State,
  walks: readonly Walk[],
  emitImage: () => void,
): void {
  const [walk, ...inside] = walks
  if (walk === undefined) {
    emitImage()
    return
  }
  const within = inside[0] ?? rowsOf(products)
  f.repeat(walk.count, () => {
    walkImages(f, products, state, inside, emitImage)
    f.increase(state.input, walk.stride - within.count * within.stride)
  })
}
