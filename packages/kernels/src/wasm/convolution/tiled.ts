import { load } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { Tile } from '../epilogue/epilogue.ts'
import { blocksOf } from './position-blocks.ts'
import { splitEvenly } from './split.ts'
import type { Panel } from './split.ts'
import { panelsOf, partCount } from './tiled-products.ts'
import type { TiledProducts, Walk } from './tiled-products.ts'

/** So few steps are written out; longer sums run in loops of one step, which V8 of Node 20 compiles best. */
const unrolledSteps = 4

/** Addresses that tiled products start from; evaluated more than once, and not changed by them. */
export interface TiledAddresses {
  readonly input: Expression<'i32'>
  readonly weights: Expression<'i32'>
  readonly parameters: Expression<'i32'>
  readonly output: Expression<'i32'>
}

/** Writes the code: blocks of positions, and for each all panels of channels. */
export function emitTiledProducts(
  f: FunctionBuilder,
  products: TiledProducts,
  addresses: TiledAddresses,
): void {
  const finish = products.epilogue.begin(f)
  const state = {
    input: f.local('i32'),
    weights: f.local('i32'),
    parameters: f.local('i32'),
    output: f.local('i32'),
    panelOutput: f.local('i32'),
    from: f.local('i32'),
    weightsFrom: f.local('i32'),
    vectors: new Map<string, Local<'v128'>>(),
  }
  const blocks = blocksOf(products, panelsOf(products))
  if (blocks === undefined) {
    emitPanels(f, products, state, addresses, finish)
    return
  }
  const [input, output] = [f.local('i32'), f.local('i32')]
  f.set(input, addresses.input)
  f.set(output, addresses.output)
  f.repeat(blocks.repeats, () => {
    for (const { size, count } of blocks.parts) {
      const block = blocks.of(size)
      f.repeat(count, () => {
        emitPanels(f, block.products, state, { ...addresses, input: get(input), output: get(output) }, finish)
        f.increase(input, block.inputBytes)
        f.increase(output, block.outputBytes)
      })
    }
    f.increase(input, blocks.gap)
  })
}

/** Panels of channels outermost, so that their weights stay in the nearest cache. */
function emitPanels(
  f: FunctionBuilder,
  products: TiledProducts,
  state: State,
  addresses: TiledAddresses,
  finish: Finish,
): void {
  const { epilogue, steps, channels } = products
  f.set(state.weights, addresses.weights)
  f.set(state.parameters, addresses.parameters)
  f.set(state.panelOutput, addresses.output)
  const positionStride = channels * epilogue.outputBytes
  for (const panel of panelsOf(products)) {
    f.repeat(panel.count, () => {
      f.set(state.input, addresses.input)
      f.set(state.output, get(state.panelOutput))
      walkOuter(f, products, state, 0, panel, positionStride, finish)
      f.increase(state.weights, partCount(products) * steps * panel.size * 4)
      f.increase(state.parameters, (panel.size / 4) * epilogue.vectorsPerQuad * 16)
      f.increase(state.panelOutput, panel.size * epilogue.outputBytes)
    })
  }
}

interface State {
  readonly input: Local<'i32'>
  readonly weights: Local<'i32'>
  readonly parameters: Local<'i32'>
  readonly output: Local<'i32'>
  readonly panelOutput: Local<'i32'>
  readonly from: Local<'i32'>
  readonly weightsFrom: Local<'i32'>
  readonly vectors: Map<string, Local<'v128'>>
}

type Finish = (tile: Tile) => void

function walkOuter(
  f: FunctionBuilder,
  products: TiledProducts,
  state: State,
  depth: number,
  panel: Panel,
  positionStride: number,
  finish: Finish,
): void {
  const { outer, positions, inner } = products
  const walk = outer[depth]
  if (walk !== undefined) {
    const inside = depth + 1 < outer.length ? outer[depth + 1]! : positions
    f.repeat(walk.count, () => {
      walkOuter(f, products, state, depth + 1, panel, positionStride, finish)
      f.increase(state.input, walk.stride - inside.count * inside.stride)
    })
    return
  }
  for (const { size, count } of splitEvenly(positions.count, inner.largestTile)) {
    f.repeat(count, () => {
      emitTile(f, products, state, size, panel, positionStride, finish)
      f.increase(state.input, size * positions.stride)
      f.increase(state.output, size * positionStride)
    })
  }
}

function emitTile(
  f: FunctionBuilder,
  products: TiledProducts,
  state: State,
  tileSize: number,
  panel: Panel,
  positionStride: number,
  finish: Finish,
): void {
  const { epilogue } = products
  const quads = panel.size / 4
  const vector = (name: string): Local<'v128'> => {
    const local = state.vectors.get(name) ?? f.local('v128')
    state.vectors.set(name, local)
    return local
  }
  const sums = Array.from({ length: tileSize }, (_, position) =>
    Array.from({ length: quads }, (_, quad) => vector(`sum ${position} ${quad}`)),
  )
  for (let quad = 0; quad < quads; quad++) {
    const start = load('v128.load', get(state.parameters), quad * epilogue.vectorsPerQuad * 16)
    sums.forEach((row, position) => f.set(row[quad]!, position === 0 ? start : get(sums[0]![quad]!)))
  }
  const weights = Array.from({ length: quads }, (_, quad) => vector(`weights ${quad}`))
  emitProducts(f, products, state, { sums, weights, input: vector('input') })
  finish({
    sums,
    parameters: state.parameters,
    output: state.output,
    positionStride,
    channels: panel.channels,
  })
}

interface Registers {
  readonly sums: readonly (readonly Local<'v128'>[])[]
  readonly weights: readonly Local<'v128'>[]
  readonly input: Local<'v128'>
}

function emitProducts(f: FunctionBuilder, products: TiledProducts, state: State, registers: Registers): void {
  const { parts, steps } = products
  const stepBytes = registers.weights.length * 16
  if (partCount(products) * steps <= unrolledSteps) {
    offsetsOf(parts).forEach((offset, part) => {
      for (let step = 0; step < steps; step++) {
        const weightsOffset = (part * steps + step) * stepBytes
        emitStep(f, products, registers, state.input, offset + step * 4, state.weights, weightsOffset)
      }
    })
    return
  }
  f.set(state.from, get(state.input))
  f.set(state.weightsFrom, get(state.weights))
  const walkParts = (depth: number): void => {
    const walk = parts[depth]
    if (walk === undefined) {
      emitSteps(f, products, registers, state)
      return
    }
    const inside = parts[depth + 1]
    f.repeat(walk.count, () => {
      walkParts(depth + 1)
      f.increase(state.from, walk.stride - (inside === undefined ? steps * 4 : inside.count * inside.stride))
    })
  }
  walkParts(0)
}

/** Moves both pointers past the steps of one part. */
function emitSteps(f: FunctionBuilder, products: TiledProducts, registers: Registers, state: State): void {
  const { steps } = products
  const stepBytes = registers.weights.length * 16
  f.repeat(steps, () => {
    emitStep(f, products, registers, state.from, 0, state.weightsFrom, 0)
    f.increase(state.from, 4)
    f.increase(state.weightsFrom, stepBytes)
  })
}

function emitStep(
  f: FunctionBuilder,
  { inner, positions }: TiledProducts,
  { sums, weights, input }: Registers,
  from: Local<'i32'>,
  fromOffset: number,
  weightsFrom: Local<'i32'>,
  weightsOffset: number,
): void {
  const weightsAt = (quad: number) => load('v128.load', get(weightsFrom), weightsOffset + quad * 16)
  const [only] = sums
  if (sums.length === 1 && only !== undefined) {
    // Weights that are used once need no register of their own.
    f.set(input, load('v128.load32_splat', get(from), fromOffset))
    only.forEach((sum, quad) => f.set(sum, inner.accumulate(get(sum), get(input), weightsAt(quad))))
    return
  }
  weights.forEach((vector, quad) => f.set(vector, weightsAt(quad)))
  sums.forEach((row, position) => {
    f.set(input, load('v128.load32_splat', get(from), fromOffset + position * positions.stride))
    row.forEach((sum, quad) => f.set(sum, inner.accumulate(get(sum), get(input), get(weights[quad]!))))
  })
}

function offsetsOf(parts: readonly Walk[]): readonly number[] {
  return parts.reduce<readonly number[]>(
    (offsets, { count, stride }) =>
      offsets.flatMap((offset) => Array.from({ length: count }, (_, index) => offset + index * stride)),
    [0],
  )
}
