import { elementCount, viewBytes } from '@quantrx/core'
import type { DataType, Random, Tensor } from '@quantrx/core'
import type { Oracle, OracleTensor } from '@quantrx/testing'
import { readModel } from '@quantrx/tflite'
import { compile } from '../compile.ts'
import type { CompileOptions } from '../compile.ts'

/** How far the outputs of several runs, one after the other, are from those of a TensorFlow Lite library. */
export interface RunComparison {
  readonly values: number
  /** The largest difference. */
  readonly largest: number
  /** The largest magnitude among the library's values. */
  readonly magnitude: number
}

/** Runs a model in a library and here, on `runs` random inputs; states go from run to run. */
export async function compareRuns(
  bytes: Uint8Array,
  oracle: Oracle,
  random: Random,
  runs: number,
  options: CompileOptions = {},
): Promise<RunComparison> {
  const program = await compile(readModel(bytes), options)
  const found = { values: 0, largest: 0, magnitude: 0 }
  for (let run = 0; run < runs; run++) {
    const inputs = oracle.inputs.map((tensor) => randomInput(tensor, random))
    const expected = await oracle.run(inputs)
    const tensors = program.inputs.map(({ type, shape }, at) => tensorOf(type, shape, inputs[at]!))
    program.run(tensors).forEach(({ type, data }, at) => {
      const wanted = viewBytes(type, expected[at]!)
      for (let index = 0; index < wanted.length; index++) {
        const difference = Math.abs(Number(data[index]) - Number(wanted[index]))
        // NaN counts as a difference.
        found.largest = difference <= found.largest ? found.largest : difference
        found.magnitude = Math.max(found.magnitude, Math.abs(Number(wanted[index])))
        found.values++
      }
    })
  }
  oracle.close()
  return found
}

const tensorOf = (type: DataType, shape: readonly number[], bytes: Uint8Array): Tensor =>
  ({ type, shape, data: viewBytes(type, bytes) }) as Tensor

function randomInput({ type, shape }: OracleTensor, random: Random): Uint8Array {
  const length = elementCount(shape)
  if (type !== 'float32') return Uint8Array.from({ length }, () => random.integer(256))
  return new Uint8Array(Float32Array.from({ length }, () => random.normal()).buffer)
}
