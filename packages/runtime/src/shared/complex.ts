import type { BuiltinOperator } from '@quantrx/tflite'
import type { OperatorContext, OperatorImplementation, RuntimeTensor } from '../operator.ts'
import { checkOutputShape } from './element-walk.ts'
import { dataAs, inputAt, outputAt } from './operands.ts'

/**
 * Real and imaginary parts of complex numbers by turns, on the memory of a tensor.
 *
 * @throws UnsupportedError when it does not hold complex numbers.
 */
export function complexParts(
  context: Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>,
  tensor: RuntimeTensor,
): Float32Array {
  const { buffer, byteOffset, length } = dataAs(context, tensor, 'complex64')
  return new Float32Array(buffer, byteOffset, 2 * length)
}

/** An operator that makes a real number of each complex one. */
export function realOfComplex<Kind extends BuiltinOperator>(
  kind: Kind,
  run: (input: Float32Array, output: Float32Array) => void,
): OperatorImplementation<Kind> {
  return {
    kind,
    supports: ['complex64 to float32'],
    prepare(context) {
      const [input, output] = [inputAt(context, 0), outputAt(context)]
      checkOutputShape(context, output, input.shape)
      const [from, to] = [complexParts(context, input), dataAs(context, output, 'float32')]
      return () => run(from, to)
    },
  }
}
