import { operatorKind } from '@quantrx/tflite'
import type { Model, Operator, SubGraph } from '@quantrx/tflite'
import { quantizationBetween, quantizationOfFake } from './trained-quantization.ts'
import type { TrainedQuantization } from './trained-quantization.ts'

/** Operators that imitate integers: what goes in, what comes out, and the operators themselves. */
export interface Fake {
  readonly input: number
  readonly outputs: readonly number[]
  readonly operators: readonly number[]
  readonly quantization: TrainedQuantization
}

/** All that imitates integers in a graph, in the order of execution. */
export function fakesOf(model: Model, graph: SubGraph): readonly Fake[] {
  const { operators = [], tensors = [] } = graph
  const isFloat = (tensor: number | undefined): boolean => tensors[tensor ?? -1]?.type === 'FLOAT32'
  const consumersOf = consumersIn(operators)
  return operators.flatMap((operator, at): Fake[] => {
    const [input = -1, output = -1] = [operator.inputs?.[0], operator.outputs?.[0]]
    if (!isFloat(input)) return []
    const kind = operatorKind(model, operator)
    if (kind === 'FAKE_QUANT') {
      const quantization = quantizationOfFake(operator)
      return quantization === undefined ? [] : [{ input, outputs: [output], operators: [at], quantization }]
    }
    const quantization = kind === 'QUANTIZE' ? quantizationBetween(tensors[output]) : undefined
    const behind = consumersOf(output)
    const isSeen = graph.outputs?.includes(output) === true || behind.length === 0
    if (quantization === undefined || isSeen) return []
    const dequantized = behind.map((each) => operators[each]!)
    const isRealAgain = (each: Operator): boolean =>
      operatorKind(model, each) === 'DEQUANTIZE' && isFloat(each.outputs?.[0])
    if (!dequantized.every(isRealAgain)) return []
    const outputs = dequantized.map((each) => each.outputs![0]!)
    return [{ input, outputs, operators: [at, ...behind], quantization }]
  })
}

/** Positions of the operators that use a tensor. */
function consumersIn(operators: readonly Operator[]): (tensor: number) => readonly number[] {
  const consumers = new Map<number, number[]>()
  operators.forEach(({ inputs = [] }, at) =>
    inputs.forEach((tensor) => consumers.set(tensor, [...(consumers.get(tensor) ?? []), at])),
  )
  return (tensor) => consumers.get(tensor) ?? []
}
