import { builtinCodeFields, operatorCode, operatorKind } from '../graph.ts'
import type { Buffer, Model, Operator, OperatorCode, Tensor } from '../types.ts'

/** The name by which models of MediaPipe call a TRANSPOSE_CONV with a bias. */
export const transposeConvWithBias = 'Convolution2DTransposeBias'

/**
 * A model in which custom operators that do what builtin ones do are those, so that they run, compile and become integers like
 * them; the same model where there are none. Operators and tensors keep their places. So far that is `Convolution2DTransposeBias`
 * of MediaPipe, whose options are three int32: padding (1 is SAME, 2 VALID), and the steps along width and height.
 *
 * @param except names that stay what they are.
 *
 * @example
 * const model = withBuiltinOperators(readModel(bytes))
 */
export function withBuiltinOperators(model: Model, except: readonly string[] = []): Model {
  const known = model.operatorCodes?.some(({ customCode }) => customCode === transposeConvWithBias) === true
  if (!known || except.includes(transposeConvWithBias)) return model
  const buffers: Buffer[] = [...(model.buffers ?? [])]
  const opcodeIndex = model.operatorCodes?.length ?? 0
  const code: OperatorCode = { ...builtinCodeFields('TRANSPOSE_CONV'), version: 3 }
  const subgraphs = (model.subgraphs ?? []).map((graph) => {
    const tensors: Tensor[] = [...(graph.tensors ?? [])]
    const shapeTensor = (values: readonly number[]): number => {
      const data = new Uint8Array(Int32Array.from(values).buffer)
      const buffer = buffers.push({ data, offset: 0n, size: 0n }) - 1
      const fields = { isVariable: false, hasRank: true, externalBuffer: 0 }
      return (
        tensors.push({ name: 'output shape', type: 'INT32', shape: [values.length], buffer, ...fields }) - 1
      )
    }
    const operators = (graph.operators ?? []).map((operator) => {
      const isKnown =
        operatorKind(model, operator) === 'CUSTOM' &&
        operatorCode(model, operator)?.customCode === transposeConvWithBias
      return isKnown ? (transposeConv(operator, tensors, opcodeIndex, shapeTensor) ?? operator) : operator
    })
    return { ...graph, operators, tensors }
  })
  return { ...model, operatorCodes: [...(model.operatorCodes ?? []), code], subgraphs, buffers }
}

const paddings = { 1: 'SAME', 2: 'VALID' } as const

/** Undefined for options or shapes that are not what they should be. */
function transposeConv(
  { customOptions, ...operator }: Operator,
  tensors: readonly Tensor[],
  opcodeIndex: number,
  shapeTensor: (values: readonly number[]) => number,
): Operator | undefined {
  const [input, weights, bias] = operator.inputs ?? []
  const [inputShape, filterShape] = [input, weights].map((at) => tensors[at ?? -1]?.shape ?? [])
  if (customOptions === undefined || customOptions.byteLength < 12) return undefined
  const view = new DataView(customOptions.buffer, customOptions.byteOffset, customOptions.byteLength)
  const [code, strideW, strideH] = [0, 4, 8].map((at) => view.getInt32(at, true))
  const padding = paddings[code as keyof typeof paddings]
  const sizes = [...inputShape!, ...filterShape!, strideW!, strideH!]
  if (padding === undefined || sizes.length !== 10 || sizes.some((size) => !(size > 0))) return undefined
  const extent = (axis: 1 | 2, stride: number): number =>
    padding === 'SAME' ? inputShape![axis]! * stride : (inputShape![axis]! - 1) * stride + filterShape![axis]!
  const output = [inputShape![0]!, extent(1, strideH!), extent(2, strideW!), filterShape![0]!]
  return {
    ...operator,
    opcodeIndex,
    inputs: [shapeTensor(output), weights!, input!, ...(bias === undefined ? [] : [bias])],
    builtinOptions: {
      ...{ kind: 'TransposeConvOptions', padding, strideW: strideW!, strideH: strideH! },
      ...{ fusedActivationFunction: 'NONE', quantizedBiasType: 'FLOAT32' },
    },
  }
}
