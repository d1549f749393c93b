import { elementCount, formatShape } from '@quantrx/core'
import type { DataType, Opener, Sample, Shape, Tensor } from '@quantrx/core'
import { dataError } from './data-error.ts'

/** Samples for a model with one input, as arrays in memory. */
export interface ArraySource {
  /** One array a sample. */
  readonly inputs: readonly SampleArray[]
  /** Shape of every sample, without the batch dimension. */
  readonly shape: Shape
  /** Class indices, one a sample. */
  readonly labels?: ArrayLike<number>
}

/** Arrays a sample can be given as. */
export type SampleArray = Float32Array | Int8Array | Uint8Array | Int16Array | Int32Array

/**
 * An opener for arrays in memory; they are not copied.
 *
 * @throws DataError when an array does not fill the shape, or labels and samples differ in number.
 *
 * @example
 * fromArrays({ inputs: [Float32Array.of(0, 1), Float32Array.of(1, 0)], shape: [2], labels: [1, 0] })
 */
export function fromArrays({ inputs, shape, labels }: ArraySource): Opener {
  const wrong = inputs.findIndex(({ length }) => length !== elementCount(shape))
  if (wrong >= 0) {
    const found = `${inputs[wrong]!.length} values`
    throw dataError(`sample ${wrong}`, found, `${elementCount(shape)} for shape ${formatShape(shape)}`)
  }
  if (labels !== undefined && labels.length !== inputs.length) {
    throw dataError('labels', `${labels.length} labels`, `${inputs.length}, one for each sample`)
  }
  const all = inputs.map((data, index): Sample => {
    const tensor = { type: typeOf(data), shape, data } as Tensor
    const label = labels?.[index]
    return label === undefined ? { index, inputs: [tensor] } : { index, inputs: [tensor], label }
  })
  return fromSamples(all)
}

/** An opener for samples that exist already, such as those of a model with several inputs. */
export function fromSamples(all: Iterable<Sample>): Opener {
  return async function* (signal) {
    for (const sample of all) {
      signal.throwIfAborted()
      yield sample
    }
  }
}

function typeOf(data: SampleArray): DataType {
  if (data instanceof Float32Array) return 'float32'
  if (data instanceof Int8Array) return 'int8'
  if (data instanceof Uint8Array) return 'uint8'
  return data instanceof Int16Array ? 'int16' : 'int32'
}
