import type { Model } from '@quantrx/tflite'
import { tinyModel } from '../tiny-model.conformance.ts'
import type { TinyTensor } from '../tiny-model.conformance.ts'

/** A model of one custom operator. */
export function customModel(
  name: string,
  tensors: readonly TinyTensor[],
  [inputs, outputs]: readonly [number, number],
  options: Uint8Array,
): Model {
  const numbers = tensors.map((_, at) => at)
  const [from, to] = [numbers.slice(0, inputs), numbers.slice(inputs, inputs + outputs)]
  const variable = from.filter((at) => tensors[at]!.data === undefined)
  const model = tinyModel(tensors, [{ kind: 'CUSTOM', inputs: from, outputs: to }], variable, to)
  const [graph] = model.subgraphs!
  const operators = graph!.operators!.map((operator) => ({ ...operator, customOptions: options }))
  return {
    ...model,
    operatorCodes: [{ ...model.operatorCodes![0]!, customCode: name }],
    subgraphs: [{ ...graph!, operators }],
  }
}
