import { viewBytes } from '@quantrx/core'
import type { Random, Tensor } from '@quantrx/core'
import { openLiteRt } from '@quantrx/testing'
import type { OracleTensor } from '@quantrx/testing'
import { readModel } from '@quantrx/tflite'
import { compile } from '../compile.ts'

/** What a model gave in LiteRT and here, in the `xnnpack` arithmetic. */
export interface Comparison {
  readonly values: number
  readonly different: number
  readonly largest: number
  /** The largest magnitude among LiteRT's values. */
  readonly magnitude: number
  /** What LiteRT said when it would not run the model; nothing was compared then. */
  readonly refusal?: string
}

/** The inputs of one run, as stored bytes. */
export type OracleInputs = readonly Uint8Array[]

/** Runs a model in LiteRT and here on each of several inputs and counts where they differ. */
export async function compareWithLiteRt(
  bytes: Uint8Array,
  inputsOf: (inputs: readonly OracleTensor[]) => readonly OracleInputs[],
): Promise<Comparison> {
  const oracle = await openLiteRt(bytes)
  const program = await compile(readModel(bytes), { arithmetic: 'xnnpack' })
  const found = { values: 0, different: 0, largest: 0, magnitude: 0 }
  try {
    for (const inputs of inputsOf(oracle.inputs)) {
      const expected = await oracle.run(inputs)
      const outputs = program.run(
        program.inputs.map(({ type, shape }, at) => {
          return { type, shape, data: viewBytes(type, inputs[at]!) } as Tensor
        }),
      )
      outputs.forEach(({ type, data }, at) => count(found, data, viewBytes(type, expected[at]!)))
    }
    return found
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('LiteRT could not run'))
      return { ...found, refusal: error.message }
    throw error
  } finally {
    oracle.close()
  }
}

function count(
  found: { values: number; different: number; largest: number; magnitude: number },
  values: ArrayLike<number | bigint>,
  expected: ArrayLike<number | bigint>,
): void {
  if (values.length !== expected.length) throw new Error(`${values.length} values, not ${expected.length}`)
  for (let at = 0; at < values.length; at++) {
    found.values++
    const distance = Math.abs(Number(values[at]) - Number(expected[at]))
    if (distance !== 0) found.different++
    found.largest = Math.max(found.largest, distance)
    found.magnitude = Math.max(found.magnitude, Math.abs(Number(expected[at])))
  }
}

/** Random stored values that fill an input: every pattern of 8 and 16 bits, real numbers of many sizes. */
export function randomBytes({ type, shape }: OracleTensor, random: Random): Uint8Array {
  const length = shape.reduce((product, size) => product * size, 1)
  if (type === 'float32') {
    const reals = Float32Array.from({ length }, () => random.normal() * 2 ** (random.integer(12) - 6))
    return new Uint8Array(reals.buffer)
  }
  if (type === 'int16') {
    const stored = Int16Array.from({ length }, () => random.integer(65536) - 32768)
    return new Uint8Array(stored.buffer)
  }
  return Uint8Array.from({ length }, () => random.integer(256))
}
