import { realValues } from '@quantrx/runtime'
import type { RuntimeTensor } from '@quantrx/runtime'

/**
 * Reads tensors of a program as real numbers, each into memory that it uses again for the next sample, unless the tensor has
 * another size then, as the results of operators that choose may have.
 *
 * @example
 * const read = realValuesAgain()
 * for (const output of program.outputs) metric(read(output))
 */
export function realValuesAgain(): (tensor: RuntimeTensor) => Float32Array {
  const memory = new Map<RuntimeTensor, Float32Array>()
  return (tensor) => {
    const { length } = tensor.data
    let into = memory.get(tensor)
    if (into?.length !== length) {
      into = new Float32Array(length)
      memory.set(tensor, into)
    }
    return realValues(tensor, into)
  }
}
