import { operatorKind } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { mainGraph } from './slice-operators.ts'

/**
 * For each operator of a quantized model, the position of the operator of the source that it stands for; undefined for the
 * conversions that quantizing put in. Quantizing keeps order and kinds, and output names except for a suffix such as `_int8`.
 */
export function matchOperators(source: Model, quantized: Model): readonly (number | undefined)[] {
  const originals = mainGraph(source).operators ?? []
  let next = 0
  return (mainGraph(quantized).operators ?? []).map((operator) => {
    const original = originals[next]
    if (original === undefined) return undefined
    const sameKind = operatorKind(source, original) === operatorKind(quantized, operator)
    const name = outputName(source, original.outputs)
    const own = outputName(quantized, operator.outputs)
    if (!sameKind || !(own === name || (/^_[a-z0-9]+$/.test(own.slice(name.length)) && own.startsWith(name))))
      return undefined
    return next++
  })
}

const outputName = (model: Model, outputs: readonly number[] = []): string =>
  mainGraph(model).tensors?.[outputs[0] ?? -1]?.name ?? ''
