import type { RuntimeTensor } from './operator.ts'

/** The variables among the tensors of operators, each once. */
export function variablesOf(
  operators: readonly {
    readonly context: {
      readonly inputs: readonly (RuntimeTensor | undefined)[]
      readonly outputs: readonly RuntimeTensor[]
    }
  }[],
): readonly RuntimeTensor[] {
  const tensors = operators.flatMap(({ context: { inputs, outputs } }) => [...inputs, ...outputs])
  return [...new Set(tensors.filter((tensor) => tensor?.variable === true))] as RuntimeTensor[]
}

/**
 * Puts a variable to where it starts: 0, and for int8 the zero point, which stands for 0. Variables of other integers start
 * at a stored 0 whatever their zero point is, as in TensorFlow Lite (`ResetVariableTensor`).
 */
export function resetVariable({ type, data, quantization }: RuntimeTensor): void {
  if (type === 'int8') (data as Int8Array).fill(quantization?.zeroPoints[0] ?? 0)
  else new Uint8Array(data.buffer, data.byteOffset, data.byteLength).fill(0)
}
