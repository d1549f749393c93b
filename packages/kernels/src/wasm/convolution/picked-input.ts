import type { Conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { constant } from '../assembler/expression.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import { converter, needsNoCopy, paddedInput, preparedBytes, storedBytes } from './padded-input.ts'
import type { InputForm } from './padded-input.ts'

/**
 * The convolution that is left once those positions are picked out of an input that windows of one element look at.
 *
 * @returns undefined where windows are larger, where they look at every position, and where nothing is copied.
 */
export function pickedGeometry(geometry: Conv2dGeometry, form: InputForm): Conv2dGeometry | undefined {
  const { filterHeight, filterWidth, strideHeight, strideWidth, padTop, padLeft } = geometry
  if (form.kind === 'float32' || padTop + padLeft !== 0) return undefined
  if (filterHeight * filterWidth !== 1 || strideHeight * strideWidth === 1) return undefined
  if (needsNoCopy(paddedInput(geometry, form))) return undefined
  const { outputHeight: inputHeight, outputWidth: inputWidth } = geometry
  return { ...geometry, strideHeight: 1, strideWidth: 1, inputHeight, inputWidth }
}

/** Writes the code that picks the positions of {@link pickedGeometry}, one after the other. */
export function emitPickedInput(
  f: FunctionBuilder,
  geometry: Conv2dGeometry,
  form: InputForm,
  from: number,
  to: number,
): void {
  const { batches, inputHeight, inputWidth, inputChannels, outputHeight, outputWidth } = geometry
  const [source, target] = [f.local('i32'), f.local('i32')]
  f.set(source, constant(from))
  f.set(target, constant(to))
  const convert = converter(f, form)
  const columnBytes = inputChannels * storedBytes[form.kind]
  const rowBytes = inputWidth * columnBytes
  f.repeat(batches, () => {
    f.repeat(outputHeight, () => {
      f.repeat(outputWidth, () => {
        convert(source, target, inputChannels)
        f.increase(source, geometry.strideWidth * columnBytes)
        f.increase(target, inputChannels * preparedBytes[form.kind])
      })
      f.increase(source, geometry.strideHeight * rowBytes - outputWidth * geometry.strideWidth * columnBytes)
    })
    f.increase(source, (inputHeight - outputHeight * geometry.strideHeight) * rowBytes)
  })
}
