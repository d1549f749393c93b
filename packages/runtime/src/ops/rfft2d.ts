import { ShapeError, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { rfft2d as transform } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { complexParts } from '../shared/complex.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { constantIntegers, dataAs, inputAt, outputAt } from '../shared/operands.ts'

/** RFFT2D of constant sizes that are powers of two, as LiteRT's are. */
export const rfft2d: OperatorImplementation<'RFFT2D'> = {
  kind: 'RFFT2D',
  supports: ['float32 to complex64'],
  outputShapes: (context) => [spectrumShape(context)],
  prepare(context) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    const [transformHeight, transformWidth] = transformSizes(context)
    const [height, width] = input.shape.slice(-2) as [number, number]
    const from = dataAs(context, input, 'float32')
    checkOutputShape(context, output, spectrumShape(context))
    const to = complexParts(context, output)
    const run = transform({ height, width, transformHeight, transformWidth })
    return () => run(from, to)
  },
}

function spectrumShape(context: OperatorContext<'RFFT2D'>): Shape {
  const [height, width] = transformSizes(context)
  return [...inputAt(context, 0).shape.slice(0, -2), height, Math.floor(width / 2) + 1]
}

function transformSizes(context: OperatorContext<'RFFT2D'>): readonly [height: number, width: number] {
  const { shape } = inputAt(context, 0)
  const sizes: Shape = constantIntegers(context, inputAt(context, 1))
  const [height = 0, width = 0] = sizes
  const isPower = (size: number): boolean => size > 0 && 2 ** Math.round(Math.log2(size)) === size
  if (shape.length >= 2 && sizes.length === 2 && isPower(height) && isPower(width)) return [height, width]
  throw new ShapeError({
    stage: 'runtime',
    subject: 'RFFT2D',
    found: `sizes ${sizes.join(', ')} for ${formatShape(shape)}`,
    expected: 'two sizes that are powers of two, and images',
  })
}
