import { allocate, elementCount } from '@quantrx/core'
import type { DataType, Shape, TensorData } from '@quantrx/core'
import { optionsOf } from '@quantrx/tflite'
import type { BuiltinOperator, OptionsOf } from '@quantrx/tflite'
import type { OperatorContext, RuntimeTensor } from '../operator.ts'

/** A tensor to prepare an operator with, in tests. */
export function testTensor<Type extends DataType>(
  type: Type,
  shape: Shape,
  details: {
    readonly values?: readonly number[]
    readonly scale?: number
    readonly zeroPoint?: number
    readonly constant?: boolean
  } = {},
): Omit<RuntimeTensor, 'data'> & { readonly data: TensorData<Type> } {
  const { values = [], scale, zeroPoint = 0, constant = false } = details
  const data = allocate(type, elementCount(shape))
  values.forEach((value, at) => {
    if (data instanceof BigInt64Array || data instanceof BigUint64Array) data[at] = BigInt(value)
    else data[at] = value
  })
  const quantization =
    scale === undefined ? {} : { quantization: { scales: [scale], zeroPoints: [zeroPoint], axis: 0 } }
  return { index: 0, name: `${type} tensor`, type, shape, ...quantization, data, constant }
}

/** What an operator gets to see, in tests; options that are not given have the schema's defaults. */
export function testContext<Kind extends BuiltinOperator>(
  kind: Kind,
  inputs: OperatorContext['inputs'],
  outputs: readonly RuntimeTensor[],
  options: Partial<OptionsOf<Kind>> = {},
): OperatorContext<Kind> {
  const defaults = optionsOf(
    {
      opcodeIndex: 0,
      customOptionsFormat: 'FLEXBUFFERS',
      largeCustomOptionsOffset: 0n,
      largeCustomOptionsSize: 0n,
      debugMetadataIndex: -1,
    },
    kind,
  )
  return { kind, options: { ...defaults, ...options }, inputs, outputs, arithmetic: 'tflite' }
}
