import { constantBytes, operatorKind } from '@quantrx/tflite'
import type { Model, Operator, SubGraph, Tensor } from '@quantrx/tflite'

/** What a runtime would refuse in a quantized model (spec section 10), as sentences; none for a sound one. */
export function faultsOf(model: Model): readonly string[] {
  return (model.subgraphs ?? []).flatMap((graph) => [
    ...(graph.tensors ?? []).flatMap((tensor) => tensorFaults(tensor)),
    ...(graph.operators ?? []).flatMap((operator) => operatorFaults(model, graph, operator)),
    ...orderFaults(model, graph),
  ])
}

/** Zero points that a type may have; int16 is always symmetric, and so are weights in int4. */
const zeroPointLimits: Readonly<Record<string, readonly [bigint, bigint]>> = {
  INT4: [0n, 0n],
  INT8: [-128n, 127n],
  UINT8: [0n, 255n],
  INT16: [0n, 0n],
}

function tensorFaults({ name = '', type, shape = [], quantization }: Tensor): string[] {
  const limits = zeroPointLimits[type]
  if (limits === undefined || quantization?.details !== undefined) return []
  const { scale = [], zeroPoint = [], quantizedDimension = 0 } = quantization ?? {}
  const [lowest, highest] = limits
  return [
    ...(scale.length > 0 && scale.length === zeroPoint.length ? [] : [`${name}: ${scale.length} scales`]),
    ...(scale.every((each) => each > 0 && each < Infinity && Math.fround(each) === each)
      ? []
      : [`${name}: bad scale`]),
    ...(zeroPoint.every((each) => each >= lowest && each <= highest)
      ? []
      : [`${name}: zero point out of range`]),
    ...(scale.length > 1 && shape[quantizedDimension] !== scale.length
      ? [`${name}: scales do not fit the axis`]
      : []),
    ...(scale.length > 1 && zeroPoint.some((each) => each !== 0n) ? [`${name}: per-channel zero point`] : []),
  ]
}

const weighted = ['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED']
const sameScale = [
  ...[
    'RESHAPE',
    'SQUEEZE',
    'EXPAND_DIMS',
    'AVERAGE_POOL_2D',
    'MAX_POOL_2D',
    'PAD',
    'PADV2',
    'MIRROR_PAD',
    'PACK',
  ],
  ...['TRANSPOSE', 'SLICE', 'STRIDED_SLICE', 'SPLIT', 'SPLIT_V', 'UNPACK', 'GATHER', 'GATHER_ND', 'TILE'],
  ...[
    'BROADCAST_TO',
    'REVERSE_V2',
    'SPACE_TO_DEPTH',
    'DEPTH_TO_SPACE',
    'SPACE_TO_BATCH_ND',
    'BATCH_TO_SPACE_ND',
  ],
  ...[
    'REDUCE_MAX',
    'REDUCE_MIN',
    'TOPK_V2',
    'DYNAMIC_UPDATE_SLICE',
    'MATRIX_SET_DIAG',
    'RESIZE_BILINEAR',
    'RESIZE_NEAREST_NEIGHBOR',
  ],
]
/** Others all of whose operands but conditions are quantized like the output. */
const choosing = ['CONCATENATION', 'MAXIMUM', 'MINIMUM', 'SELECT', 'SELECT_V2']

const fixedParameters: Readonly<Record<string, string>> = {
  'SOFTMAX INT16': '0.000030517578125 0',
  'LOGISTIC INT16': '0.000030517578125 0',
  'TANH INT16': '0.000030517578125 0',
  SOFTMAX: '0.00390625 -128',
  LOGISTIC: '0.00390625 -128',
  TANH: '0.0078125 0',
  L2_NORMALIZATION: '0.0078125 0',
  LOG_SOFTMAX: '0.0625 127',
}

const scaleOf = (tensor: Tensor | undefined): number => tensor?.quantization?.scale?.[0] ?? 0

function operatorFaults(model: Model, graph: SubGraph, operator: Operator): string[] {
  const kind = operatorKind(model, operator)
  const inputs = (operator.inputs ?? []).map((index) => graph.tensors?.[index])
  const [input, weights, bias] = inputs
  const [output] = (operator.outputs ?? []).map((index) => graph.tensors?.[index])
  if (output?.type !== 'INT8' && output?.type !== 'INT16') return []
  const wide = output.type === 'INT16'
  const faults: string[] = []
  if (weighted.includes(kind)) {
    if (
      !['INT8', 'INT4'].includes(weights?.type ?? '') ||
      weights?.quantization?.zeroPoint?.some((each) => each !== 0n)
    )
      faults.push(`${kind}: weights`)
    if (bias !== undefined && bias.type !== (wide ? 'INT64' : 'INT32'))
      faults.push(`${kind}: bias ${bias.type}`)
    const expected = weights?.quantization?.scale?.map((each) =>
      Math.fround(each * (input?.quantization?.scale?.[0] ?? 0)),
    )
    if (bias !== undefined && String(expected) !== String(bias.quantization?.scale))
      faults.push(`${kind}: bias scale`)
  }
  const key = (tensor: Tensor | undefined): string =>
    `${tensor?.quantization?.scale} ${tensor?.quantization?.zeroPoint}`
  const moved = inputs.filter((tensor) => !['BOOL', 'INT32', 'INT64'].includes(tensor?.type ?? ''))
  const results = (operator.outputs ?? []).map((index) => graph.tensors?.[index])
  const alike = [...moved, ...results.filter((tensor) => tensor?.type === output.type)]
  if ([...sameScale, ...choosing].includes(kind) && alike.some((tensor) => key(tensor) !== key(output)))
    faults.push(`${kind}: rescales`)
  const fixed = fixedParameters[wide ? `${kind} INT16` : kind]
  if (fixed !== undefined && key(output) !== fixed) faults.push(`${kind}: ${key(output)}`)
  const [largest, own] = [Math.max(...inputs.map(scaleOf)), scaleOf(output)]
  if (['ADD', 'SUB'].includes(kind) && (2 * largest) / (2 ** (wide ? 15 : 20) * own) >= 1)
    faults.push(`${kind}: scale ${own}`)
  return faults
}

/** Operators in execution order, all indices in range. */
function orderFaults(
  model: Model,
  { tensors = [], inputs = [], outputs = [], operators = [] }: SubGraph,
): string[] {
  const ready = new Set(inputs)
  tensors.forEach((tensor, index) => {
    if (constantBytes(model, tensor) !== undefined) ready.add(index)
  })
  const faults = operators.flatMap((operator) => {
    const early = (operator.inputs ?? []).filter((index) => index !== -1 && !ready.has(index))
    for (const index of operator.outputs ?? []) ready.add(index)
    return early.map((index) => `${operatorKind(model, operator)}: input ${index} is not ready`)
  })
  const referenced = [
    ...inputs,
    ...outputs,
    ...operators.flatMap((each) => [...(each.inputs ?? []), ...(each.outputs ?? [])]),
  ]
  return [
    ...faults,
    ...referenced
      .filter((index) => index !== -1 && tensors[index] === undefined)
      .map((index) => `there is no tensor ${index}`),
    ...tensors
      .filter(({ buffer }) => model.buffers?.[buffer] === undefined)
      .map(({ name, buffer }) => `${name}: there is no buffer ${buffer}`),
    ...operators
      .filter(({ opcodeIndex }) => model.operatorCodes?.[opcodeIndex] === undefined)
      .map(({ opcodeIndex }) => `there is no operator code ${opcodeIndex}`),
    ...outputs.filter((index) => !ready.has(index)).map((index) => `output ${index} is never computed`),
  ]
}
