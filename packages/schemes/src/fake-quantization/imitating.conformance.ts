import { builtinCodeFields, constantBytes, quantizationOf } from '@quantrx/tflite'
import type { BuiltinOptions, Model, Operator, Tensor } from '@quantrx/tflite'

/** What imitates the integers of a tensor: two operators, or one. */
export type Imitation = 'pairs' | 'FAKE_QUANT'

/**
 * A float model as quantization-aware training leaves it, for tests: what `quantized` stores as int8 is made as these integers have it
 * before it is used. FAKE_QUANT is for activations; weights get pairs, which can have a scale for each channel.
 */
export function imitating(float: Model, quantized: Model, imitation: Imitation): Model {
  const [graph] = float.subgraphs!
  const tensors: Tensor[] = [...graph!.tensors!]
  const first = float.operatorCodes!.length
  const kinds = ['QUANTIZE', 'DEQUANTIZE', 'FAKE_QUANT'] as const
  const stand = new Map<number, number>()
  const operatorsFor = new Map<number, readonly Operator[]>()
  graph!.tensors!.forEach((tensor, at) => {
    const stored = storedAs(quantized, tensor.name!)
    if (tensor.type !== 'FLOAT32' || stored === undefined) return
    const isWeights = constantBytes(float, tensor) !== undefined
    const [inside, real] = [`${tensor.name} as integers`, `${tensor.name} as numbers`]
    const add = (name: string, type: Tensor['type'], details: Partial<Tensor> = {}): number =>
      tensors.push({ ...tensor, name, type, buffer: 0, ...details }) - 1
    if (imitation === 'pairs' || isWeights) {
      // Converters store no shape of what they make of weights.
      const shape = isWeights ? [] : tensor.shape!
      const between = add(inside, 'INT8', { shape, quantization: stored.quantization! })
      const behind = add(real, 'FLOAT32', { shape })
      operatorsFor.set(at, [operator(first, at, between), operator(first + 1, between, behind)])
      stand.set(at, behind)
    } else {
      const { scales, zeroPoints } = quantizationOf(stored)!
      const [min, max] = [-128, 127].map((level) => Math.fround((level - zeroPoints[0]!) * scales[0]!))
      const behind = add(real, 'FLOAT32')
      const options = {
        kind: 'FakeQuantOptions',
        min: min!,
        max: max!,
        numBits: 8,
        narrowRange: false,
      } as const
      operatorsFor.set(at, [operator(first + 2, at, behind, options)])
      stand.set(at, behind)
    }
  })
  const standIn = (tensor: number): number => stand.get(tensor) ?? tensor
  const constants = [...operatorsFor.keys()].filter((at) => !isComputed(graph!.operators!, at))
  const operators = [
    ...constants.flatMap((at) => operatorsFor.get(at)!),
    ...graph!.operators!.flatMap((each) => [
      { ...each, inputs: each.inputs!.map(standIn) },
      ...each.outputs!.flatMap((output) => operatorsFor.get(output) ?? []),
    ]),
  ]
  const outputs = graph!.outputs!.map(standIn)
  return {
    ...float,
    operatorCodes: [
      ...float.operatorCodes!,
      ...kinds.map((kind) => ({ ...builtinCodeFields(kind), version: 1 })),
    ],
    subgraphs: [{ ...graph!, tensors, operators, outputs }],
    signatureDefs: [],
  }
}

const isComputed = (operators: readonly Operator[], tensor: number): boolean =>
  operators.some(({ outputs }) => outputs!.includes(tensor))

/** The int8 tensor that a tensor has become; inputs and outputs have kept their float ones beside it. */
function storedAs(quantized: Model, name: string): Tensor | undefined {
  const tensors = quantized.subgraphs![0]!.tensors!
  return tensors.find((each) => each.type === 'INT8' && (each.name === name || each.name === `${name}_int8`))
}

const operator = (
  opcodeIndex: number,
  input: number,
  output: number,
  options?: BuiltinOptions,
): Operator => ({
  ...{ opcodeIndex, inputs: [input], outputs: [output], customOptionsFormat: 'FLEXBUFFERS' },
  ...{ largeCustomOptionsOffset: 0n, largeCustomOptionsSize: 0n, debugMetadataIndex: -1 },
  ...(options === undefined ? {} : { builtinOptions: options }),
})
