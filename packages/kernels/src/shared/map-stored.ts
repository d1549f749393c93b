import { allocate, integerLimits } from '@quantrx/core'
import type { IntegerArray } from '../arithmetic/requantize.ts'
import type { ActivationType, StoredFunction } from './integer-tensor.ts'

/**
 * Applies a function to every stored integer. For 8-bit inputs it is evaluated once for each of the 256 values, so that
 * it may be slow; for 16-bit inputs it is called for each element.
 */
export function mapStored(
  inputType: ActivationType,
  outputType: ActivationType,
  evaluate: StoredFunction,
): (input: IntegerArray, output: IntegerArray) => void {
  if (inputType === 'int16') return (input, output) => mapEach(input, output, evaluate)
  const table = storedTable(inputType, outputType, evaluate)
  return (input, output) => lookUp(table, input, output)
}

/** Outputs for all values of an 8-bit type, at the value's bit pattern: -1 and 255 are both entry 255. */
function storedTable(
  inputType: 'int8' | 'uint8',
  outputType: ActivationType,
  evaluate: StoredFunction,
): IntegerArray {
  const { min, max } = integerLimits[inputType]
  const table = allocate(outputType, 256)
  for (let stored = min; stored <= max; stored++) table[stored & 0xff] = evaluate(stored)
  return table
}

function lookUp(table: IntegerArray, input: IntegerArray, output: IntegerArray): void {
  for (let i = 0; i < input.length; i++) output[i] = table[input[i]! & 0xff]!
}

function mapEach(input: IntegerArray, output: IntegerArray, evaluate: StoredFunction): void {
  for (let i = 0; i < input.length; i++) output[i] = evaluate(input[i]!)
}
