import { realParts } from '@quantrx/kernels'
import type { ElementsMap } from '@quantrx/kernels'
import type { BuiltinOperator } from '@quantrx/tflite'
import type { OperatorImplementation, RuntimeTensor, Step } from '../operator.ts'
import { dataAs, inputAt, outputAt, unsupportedTypes } from './operands.ts'
import { checkElementCount } from './unary.ts'

/** The memory of a complex tensor as pairs: real and imaginary part of each element. */
export function complexPairs({ data }: RuntimeTensor): Float32Array {
  return new Float32Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength / 4)
}

/** An operator that makes a real number of each complex one. */
export function complexPartOperator<Kind extends BuiltinOperator>(
  kind: Kind,
  run: (pairs: Float32Array, output: Float32Array) => void,
): OperatorImplementation<Kind> {
  const supports = ['complex64 to float32']
  return {
    kind,
    supports,
    prepare(context) {
      const [input, output] = [inputAt(context, 0), outputAt(context)]
      if (input.type !== 'complex64' || output.type !== 'float32') throw unsupportedTypes(context, supports)
      checkElementCount(context)
      const [from, to] = [complexPairs(input), dataAs(context, output, 'float32')]
      return () => run(from, to)
    },
  }
}

/** Converts complex numbers by their real parts, given what converts those from float32. */
export function fromComplex(
  pairs: Float32Array,
  convert: ElementsMap<unknown>,
  output: RuntimeTensor['data'],
): Step {
  if (output instanceof Float32Array) return () => realParts(pairs, output)
  const real = new Float32Array(output.length)
  return () => {
    realParts(pairs, real)
    convert(real, output)
  }
}

/** Converts to complex numbers without imaginary parts, given what converts to float32. */
export function toComplex(
  input: RuntimeTensor['data'],
  convert: ElementsMap<unknown>,
  pairs: Float32Array,
): Step {
  const real = new Float32Array(input.length)
  return () => {
    convert(input, real)
    for (let at = 0; at < real.length; at++) {
      pairs[2 * at] = real[at]!
      pairs[2 * at + 1] = 0
    }
  }
}
