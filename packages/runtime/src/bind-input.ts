import {
  DataError,
  ShapeError,
  elementCount,
  formatShape,
  integerLimits,
  roundHalfAwayFromZero,
  sameShape,
} from '@quantrx/core'
import type { IntegerType, Shape, Tensor } from '@quantrx/core'
import type { RuntimeTensor } from './operator.ts'

/** True when samples of the input's own integer type are taken as stored integers, without quantizing them again. */
export function takesStoredIntegers(
  input: Pick<RuntimeTensor, 'type' | 'quantization'>,
  sample: Tensor,
): boolean {
  return input.quantization !== undefined && input.type === sample.type
}

/**
 * Copies one tensor of a sample into a model input.
 *
 * Shapes may differ by a batch dimension of 1 or a missing trailing channel of 1. A quantized input quantizes real
 * numbers with its own scale and zero point, `clamp(round(x / scale) + zeroPoint)`, halves away from zero; data of the
 * input's own integer type is taken as it is.
 *
 * @throws ShapeError when the shapes do not fit.
 * @throws DataError when a value cannot be an input, such as NaN for a quantized one.
 */
export function bindInput(input: RuntimeTensor, sample: Tensor, sampleIndex?: number): void {
  const subject = sampleIndex === undefined ? input.name : `sample ${sampleIndex}, input ${input.name}`
  checkShape(input.shape, sample.shape, sample.data.length, subject)
  if (input.type === sample.type) {
    ;(input.data as Float32Array).set(sample.data as Float32Array)
    return
  }
  if (
    sample.type === 'float16' ||
    sample.data instanceof BigInt64Array ||
    sample.data instanceof BigUint64Array
  )
    throw typeError(input, sample, subject)
  if (input.type === 'float32') (input.data as Float32Array).set(sample.data)
  else if (input.quantization !== undefined && input.type in integerLimits) {
    quantizeInto(input, sample.data as Float32Array, subject)
  } else throw typeError(input, sample, subject)
}

/** True when a sample of shape `sample` fits an input of shape `input`, as {@link bindInput} accepts it. */
export function shapeFits(input: Shape, sample: Shape): boolean {
  const withBatch = sameShape(sample.slice(0, 1), [1])
    ? [sample, sample.slice(1), [1, ...sample]]
    : [sample, [1, ...sample]]
  return withBatch.some((shape) => sameShape(shape, input) || sameShape([...shape, 1], input))
}

function checkShape(input: Shape, sample: Shape, length: number, subject: string): void {
  if (shapeFits(input, sample) && length === elementCount(input)) return
  throw new ShapeError({
    stage: 'infer',
    subject,
    found: `a sample of shape ${formatShape(sample)} with ${length} values`,
    expected: `shape ${formatShape(input)} (the batch dimension and a trailing channel of 1 may be left out)`,
    nextStep: 'Prepare the samples in the shape that the model was trained on',
  })
}

function typeError(input: RuntimeTensor, sample: Tensor, subject: string): DataError {
  return new DataError({
    stage: 'infer',
    subject,
    found: `samples of type ${sample.type}`,
    expected: `values for an input of type ${input.type}`,
    nextStep: 'Convert the samples to the type of the input',
  })
}

function quantizeInto(input: RuntimeTensor, values: ArrayLike<number>, subject: string): void {
  const scale = input.quantization?.scales[0] ?? 1
  const zeroPoint = input.quantization?.zeroPoints[0] ?? 0
  const { min, max } = integerLimits[input.type as IntegerType]
  const stored = input.data as Int8Array
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (Number.isNaN(value)) {
      throw new DataError({
        stage: 'infer',
        subject,
        found: `NaN at position ${i}`,
        expected: 'real numbers',
      })
    }
    const level = roundHalfAwayFromZero(value / scale) + zeroPoint
    stored[i] = level < min ? min : level > max ? max : level
  }
}
