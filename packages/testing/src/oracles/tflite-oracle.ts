import { checkOracleInputs, oracleBytes, oracleType } from './oracle.ts'
import type { Oracle, OracleTensor } from './oracle.ts'
import type { Address, TfLiteLibrary } from './tflite-library.ts'

/** An oracle that can also compute again from the inputs of its last run. */
export interface TfLiteOracle extends Oracle {
  /** Computes and leaves the outputs where they are. */
  invoke(): void
}

/**
 * Opens a model in a TensorFlow Lite library. One thread.
 *
 * @param configure sets more options before the interpreter is made.
 * @throws Error when the library refuses the model; what it says goes to the process's standard error.
 */
export function openTfLite(
  library: TfLiteLibrary,
  modelBytes: Uint8Array,
  configure: (options: Address) => void = () => undefined,
): TfLiteOracle {
  const failed = (step: string): Error => new Error(`TFLite ${library.version()} could not ${step}`)
  const check = (address: Address, step: string): Address => {
    if (BigInt(address) === 0n) throw failed(step)
    return address
  }
  const succeed = (status: number, step: string): void => {
    if (status !== 0) throw failed(`${step}: status ${status}`)
  }
  // The library reads weights from `bytes` as long as the model lives, so the closures below keep the array.
  let bytes = Uint8Array.from(modelBytes)
  const model = check(library.modelCreate(bytes, bytes.byteLength), 'read the model')
  const options = library.optionsCreate()
  library.setThreads(options, 1)
  configure(options)
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
  const invoke = (): void => succeed(library.invoke(interpreter), 'run')
  return {
    inputs: inputTensors,
    outputs: outputTensors,
    invoke,
    run: async (values) => {
      checkOracleInputs(inputTensors, values)
      values.forEach((value, index) =>
        succeed(library.copyFrom(inputs[index]!, value, value.byteLength), 'take an input'),
      )
      invoke()
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

function describeTensor(library: TfLiteLibrary, tensor: Address): OracleTensor {
  const rank = library.tensorRank(tensor)
  return {
    name: library.tensorName(tensor),
    type: oracleType(library.tensorType(tensor)),
    shape: Array.from({ length: rank }, (_, axis) => library.tensorSize(tensor, axis)),
  }
}
