import { ShapeError, formatShape, sameShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { windowExtent } from '../arithmetic/padding.ts'
import type { Padding } from '../arithmetic/padding.ts'

/** One position of a window inside the input. */
export interface Tap {
  readonly filter: number
  readonly input: number
}

/** Depth, height and width, in this order. */
export type Triple<Value> = readonly [Value, Value, Value]

/** Windows of three dimensions on `[batches, depth, height, width, channels]`. */
export interface VolumeGeometry {
  readonly batches: number
  /** Depth, height and width. */
  readonly input: Triple<number>
  readonly filter: Triple<number>
  /** Along each dimension, for each position of the window, what it meets of the input. */
  readonly taps: Triple<readonly (readonly Tap[])[]>
}

/** Shapes and options from which a geometry follows. */
export interface VolumeShapes {
  /** `[batches, depth, height, width, channels]`, of what windows move over. */
  readonly input: Shape
  /** Of the windows, followed by their channels. */
  readonly filter: Shape
  /** `[batches, depth, height, width, channels]`, of what has one element for each position. */
  readonly output: Shape
  readonly padding: Padding
  readonly strides: Triple<number>
  readonly dilations: Triple<number>
}

/** Batches, depth, height and width of windows' positions. */
export function volumeExtent(operator: string, shapes: Omit<VolumeShapes, 'output'>): Shape {
  return [shapes.input[0] ?? 0, ...extents(operator, shapes).map(({ outputs }) => outputs)]
}

/**
 * The geometry of a convolution in three dimensions; channels are not looked at.
 *
 * @throws ShapeError when ranks or steps make no sense, or the positions are not as many as the output has.
 */
export function volumeGeometry(operator: string, shapes: VolumeShapes): VolumeGeometry {
  const { input, filter, output, strides, dilations } = shapes
  const along = extents(operator, shapes)
  const computed = [input[0]!, ...along.map(({ outputs }) => outputs)]
  if (output.length !== 5 || !sameShape(output.slice(0, 4), computed)) {
    throw new ShapeError({
      stage: 'kernels',
      subject: operator,
      found: `${formatShape(output)} for windows on ${formatShape(input)}`,
      expected: `${formatShape(computed).slice(0, -1)}, channels]`,
    })
  }
  const tapsAlong = (axis: 0 | 1 | 2): readonly (readonly Tap[])[] =>
    Array.from({ length: along[axis]!.outputs }, (_, position) => {
      const start = position * strides[axis] - along[axis]!.before
      return Array.from({ length: filter[axis]! }, (__, at) => ({
        filter: at,
        input: start + at * dilations[axis],
      })).filter((tap) => tap.input >= 0 && tap.input < input[axis + 1]!)
    })
  return {
    batches: input[0]!,
    input: [input[1]!, input[2]!, input[3]!],
    filter: [filter[0]!, filter[1]!, filter[2]!],
    taps: [tapsAlong(0), tapsAlong(1), tapsAlong(2)],
  }
}

function extents(
  operator: string,
  { input, filter, padding, strides, dilations }: Omit<VolumeShapes, 'output'>,
) {
  const steps = [...strides, ...dilations, ...filter.slice(0, 3)]
  if (input.length !== 5 || filter.length !== 5 || steps.some((step) => step < 1)) {
    throw new ShapeError({
      stage: 'kernels',
      subject: operator,
      found: `input ${formatShape(input)}, filter ${formatShape(filter)}, strides and dilations ${steps.slice(0, 6).join(', ')}`,
      expected: 'rank 5 and steps of at least 1',
    })
  }
  return strides.map((stride, axis) =>
    windowExtent(padding, input[axis + 1]!, filter[axis]!, stride, dilations[axis]!),
  )
}

/**
 * Calls `visit` for every position of a window and every element of the input under it, in order of positions, then of the filter:
 * with the index of the position, and of the elements of filter and input, channels not counted.
 */
export function forEachVolumeTap(
  { batches, input, filter, taps }: VolumeGeometry,
  visit: (position: number, filterAt: number, inputAt: number) => void,
): void {
  const [, height, width] = input
  let position = 0
  for (let batch = 0; batch < batches; batch++) {
    for (const planes of taps[0]) {
      for (const rows of taps[1]) {
        for (const columns of taps[2]) {
          for (const plane of planes) {
            for (const row of rows) {
              const filterRow = (plane.filter * filter[1] + row.filter) * filter[2]
              const inputRow = ((batch * input[0] + plane.input) * height + row.input) * width
              for (const column of columns)
                visit(position, filterRow + column.filter, inputRow + column.input)
            }
          }
          position++
        }
      }
    }
  }
}
