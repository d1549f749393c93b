import { constant, load, operation } from '../../assembler/expression.ts'
import type { Expression } from '../../assembler/expression.ts'
import { get } from '../../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../../assembler/function-builder.ts'
import type { Epilogue } from '../../epilogue/epilogue.ts'

/** Tiles of products to transform, each giving two rows of two output positions, fewer at the edges. */
export interface OutputTiles {
  /** Output rows and columns that are stored. */
  readonly height: number
  readonly width: number
  readonly channels: number
  /** Bytes between the positions of the products, channels padded to whole vectors. */
  readonly tileStride: number
  /** Bytes between the arrays of the 16 elements. */
  readonly arrayStride: number
  /** Bytes between output rows. */
  readonly rowStride: number
  readonly epilogue: Epilogue
}

interface Pointers {
  readonly products: Local<'i32'>
  readonly output: Local<'i32'>
  readonly nextRow: Local<'i32'>
  readonly parameters: Local<'i32'>
}

type Finish = ReturnType<Epilogue['begin']>

/**
 * Writes the code that turns products, four times too large, into outputs: `Aᵀ · M · A / 4` with
 * `Aᵀ = [1 1 1 0; 0 1 -1 -1]`, then what the epilogue does with sums. Eight channels of all tiles after the other.
 */
export function emitOutputTransform(
  f: FunctionBuilder,
  tiles: OutputTiles,
  finish: Finish,
  addresses: {
    readonly products: Expression<'i32'>
    readonly parameters: Expression<'i32'>
    readonly output: Expression<'i32'>
  },
): void {
  const { channels, epilogue } = tiles
  const pointers = {
    products: f.local('i32'),
    output: f.local('i32'),
    nextRow: f.local('i32'),
    parameters: f.local('i32'),
  }
  const [firstProducts, firstOutput] = [f.local('i32'), f.local('i32')]
  f.set(firstProducts, addresses.products)
  f.set(firstOutput, addresses.output)
  f.set(pointers.parameters, addresses.parameters)
  const emitTile = tileEmitter(f, tiles, pointers, finish)
  const emitChannels = (count: number): void => {
    f.set(pointers.products, get(firstProducts))
    f.set(pointers.output, get(firstOutput))
    walkTiles(f, tiles, pointers, (rows, columns) => emitTile(rows, columns, count))
    f.increase(firstProducts, 32)
    f.increase(firstOutput, 8 * epilogue.outputBytes)
    f.increase(pointers.parameters, 2 * epilogue.vectorsPerQuad * 16)
  }
  f.repeat(channels >> 3, () => emitChannels(8))
  if ((channels & 7) !== 0) emitChannels(channels & 7)
}

function walkTiles(
  f: FunctionBuilder,
  { height, width, channels, tileStride, rowStride, epilogue }: OutputTiles,
  { products, output, nextRow }: Pointers,
  emitTile: (rows: number, columns: number) => void,
): void {
  const positionBytes = channels * epilogue.outputBytes
  const emitRow = (rows: number): void => {
    const tile = (columns: number): void => {
      f.set(nextRow, operation('i32.add', get(output), constant(rowStride)))
      emitTile(rows, columns)
      f.increase(products, tileStride)
      f.increase(output, columns * positionBytes)
    }
    f.repeat(width >> 1, () => tile(2))
    if ((width & 1) === 1) tile(1)
    f.increase(output, 2 * rowStride - width * positionBytes)
  }
  f.repeat(height >> 1, () => emitRow(2))
  if ((height & 1) === 1) emitRow(1)
}

/** The two sums of four values that Aᵀ makes. */
function combine(values: readonly Expression<'v128'>[]): readonly [Expression<'v128'>, Expression<'v128'>] {
  const [a, b, c, d] = values as [
    Expression<'v128'>,
    Expression<'v128'>,
    Expression<'v128'>,
    Expression<'v128'>,
  ]
  return [
    operation('i32x4.add', operation('i32x4.add', a, b), c),
    operation('i32x4.sub', operation('i32x4.sub', b, c), d),
  ]
}

function tileEmitter(
  f: FunctionBuilder,
  { channels, arrayStride, epilogue }: OutputTiles,
  { products, output, nextRow, parameters }: Pointers,
  finish: Finish,
) {
  const vectors = (count: number): Local<'v128'>[] => Array.from({ length: count }, () => f.local('v128'))
  const column = vectors(4)
  const [upper, lower] = [vectors(4), vectors(4)]
  const sums = [0, 1].map(() => [0, 1].map(() => vectors(2)))
  return (rows: number, columns: number, count: number): void => {
    const quads = count > 4 ? 2 : 1
    for (let quad = 0; quad < quads; quad++) {
      for (let at = 0; at < 4; at++) {
        column.forEach((value, row) =>
          f.set(value, load('v128.load', get(products), (row * 4 + at) * arrayStride + quad * 16)),
        )
        const [above, below] = combine(column.map(get))
        f.set(upper[at]!, above)
        f.set(lower[at]!, below)
      }
      for (const [row, values] of [upper, lower].entries()) {
        combine(values.map(get)).forEach((sum, at) =>
          f.set(sums[row]![at]![quad]!, operation('i32x4.shr_s', sum, constant(2))),
        )
      }
    }
    for (let row = 0; row < rows; row++) {
      finish({
        sums: sums[row]!.slice(0, columns).map((position) => position.slice(0, quads)),
        parameters,
        output: row === 0 ? output : nextRow,
        positionOffsets: [0, channels * epilogue.outputBytes],
        channels: count,
      })
    }
  }
}
