import { ShapeError, UnsupportedError, elementCount, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { isFftLength, rfft2d as realTransforms } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { complexPairs } from '../shared/complex.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { constantIntegers, dataAs, inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'

const supports = ['float32 to complex64']

/** RFFT2D of the last two dimensions, by constant lengths that are powers of two. */
export const rfft2d: OperatorImplementation<'RFFT2D'> = {
  kind: 'RFFT2D',
  supports,
  outputShapes: (context) => [transformedShape(inputAt(context, 0).shape, lengthsOf(context))],
  prepare(context) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    if (input.type !== 'float32' || output.type !== 'complex64') throw unsupportedTypes(context, supports)
    const [fftHeight, fftWidth] = lengthsOf(context)
    checkOutputShape(context, output, transformedShape(input.shape, [fftHeight, fftWidth]))
    const images = elementCount(input.shape.slice(0, -2))
    const [height, width] = [input.shape.at(-2)!, input.shape.at(-1)!]
    const run = realTransforms({ images, height, width, fftHeight, fftWidth })
    const [from, to] = [dataAs(context, input, 'float32'), complexPairs(output)]
    return () => run(from, to)
  },
}

function transformedShape(input: Shape, [height, width]: readonly [number, number]): Shape {
  return [...input.slice(0, -2), height, Math.floor(width / 2) + 1]
}

function lengthsOf(context: OperatorContext<'RFFT2D'>): readonly [height: number, width: number] {
  const { shape } = inputAt(context, 0)
  const [height = 0, width = 0, ...more] = constantIntegers(context, inputAt(context, 1))
  if (shape.length < 2 || more.length > 0) throw noImages(shape, 2 + more.length)
  if (isFftLength(height) && isFftLength(width)) return [height, width]
  throw new UnsupportedError({
    stage: 'runtime',
    subject: 'RFFT2D',
    found: `lengths ${height} and ${width}`,
    expected: 'powers of two',
    nextStep: 'Fill the frames of the model up to a power of two',
  })
}

function noImages(shape: Shape, lengths: number): ShapeError {
  return new ShapeError({
    stage: 'runtime',
    subject: 'RFFT2D',
    found: `${lengths} lengths for an input of shape ${formatShape(shape)}`,
    expected: 'two, and at least as many dimensions',
  })
}
