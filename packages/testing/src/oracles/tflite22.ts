import { describeWith } from '../fixtures.ts'
import { checkOracleInputs, oracleBytes, oracleType } from './oracle.ts'
import type { Oracle, OracleTensor } from './oracle.ts'
import { hasTfLite22, loadTfLite22 } from './tflite22-library.ts'
import type { Address, TfLite22Library } from './tflite22-library.ts'

/**
 * Opens a model in TensorFlow Lite 2.2, the reference for the `tflite` arithmetic (integers, double rounding). It is
 * from 2020 and refuses newer operator versions, such as FULLY_CONNECTED per channel. One thread.
 *
 * @throws Error when the library refuses the model; what it says goes to the process's standard error.
 */
export function openTfLite22(modelBytes: Uint8Array): Promise<Oracle> {
  return Promise.resolve().then(() => open(loadTfLite22(), Uint8Array.from(modelBytes)))
}

/** A suite that needs TensorFlow Lite 2.2, which exists for Linux, macOS and Windows on x64. */
export function describeWithTfLite22(name: string, suite: () => void): void {
  describeWith('TensorFlow Lite 2.2 library', hasTfLite22, name, suite)
}

// The library reads weights from `bytes` as long as the model lives, so the closures below keep the array.
function open(library: TfLite22Library, bytes: Uint8Array): Oracle {
  const model = check(library.modelCreate(bytes, bytes.byteLength), 'read the model')
  const options = library.optionsCreate()
  library.setThreads(options, 1)
  const interpreter = library.interpreterCreate(model, options)
  const close = (): void => {
    if (BigInt(interpreter) !== 0n) library.interpreterDelete(interpreter)
    library.optionsDelete(options)
    library.modelDelete(model)
    bytes = new Uint8Array()
  }
  try {
    check(interpreter, 'build an interpreter: it knows no such operator or operator version')
    succeed(library.allocateTensors(interpreter), 'prepare the operators')
  } catch (cause) {
    close()
    throw cause
  }
  const list = (count: number, at: (index: number) => Address): readonly Address[] =>
    Array.from({ length: count }, (_, index) => at(index))
  const inputs = list(library.inputCount(interpreter), (index) => library.input(interpreter, index))
  const outputs = list(library.outputCount(interpreter), (index) => library.output(interpreter, index))
  const inputTensors = inputs.map((tensor) => describeTensor(library, tensor))
  const outputTensors = outputs.map((tensor) => describeTensor(library, tensor))
  return {
    inputs: inputTensors,
    outputs: outputTensors,
    run: async (values) => {
      checkOracleInputs(inputTensors, values)
      values.forEach((value, index) =>
        succeed(library.copyFrom(inputs[index]!, value, value.byteLength), 'take an input'),
      )
      succeed(library.invoke(interpreter), 'run')
      return Promise.resolve(
        outputs.map((tensor, index) => {
          const result = new Uint8Array(oracleBytes(outputTensors[index]!))
          succeed(library.copyTo(tensor, result, result.byteLength), 'give an output')
          return result
        }),
      )
    },
    close,
  }
}

function describeTensor(library: TfLite22Library, tensor: Address): OracleTensor {
  const rank = library.tensorRank(tensor)
  return {
    name: library.tensorName(tensor),
    type: oracleType(library.tensorType(tensor)),
    shape: Array.from({ length: rank }, (_, axis) => library.tensorSize(tensor, axis)),
  }
}

function check(address: Address, step: string): Address {
  if (BigInt(address) === 0n) throw new Error(`TFLite 2.2 could not ${step}`)
  return address
}

function succeed(status: number, step: string): void {
  if (status !== 0) throw new Error(`TFLite 2.2 could not ${step}: status ${status}`)
}
