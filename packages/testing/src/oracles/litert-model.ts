import { loadLiteRt } from './litert-module.ts'
import type { LiteRt, LiteRtBuffer, LiteRtBuild, LiteRtModel, LiteRtTensorType } from './litert-module.ts'
import { checkOracleInputs, oracleBytes, oracleType } from './oracle.ts'
import type { OracleTensor } from './oracle.ts'

/** A model in LiteRT: its values go in and out through buffers, which whoever asks for them deletes. */
export interface LiteRtRunner {
  readonly inputs: readonly OracleTensor[]
  readonly outputs: readonly OracleTensor[]
  /** Puts the bytes of all inputs into buffers. */
  write(values: readonly Uint8Array[]): readonly LiteRtBuffer[]
  /** Computes, without a look at what LiteRT printed: it prepares operators in the first run and reports failures there. */
  run(buffers: readonly LiteRtBuffer[]): Promise<readonly LiteRtBuffer[]>
  /**
   * The first run, and the copied bytes of its outputs.
   *
   * @throws Error with what LiteRT printed, when an operator fails.
   */
  runAndRead(buffers: readonly LiteRtBuffer[]): Promise<readonly Uint8Array[]>
  close(): void
}

/**
 * Opens a model in LiteRT, on one thread.
 *
 * @throws Error with what LiteRT printed, when it refuses the model.
 */
export async function openLiteRtRunner(modelBytes: Uint8Array, build: LiteRtBuild): Promise<LiteRtRunner> {
  const liteRt = await loadLiteRt(build)
  const { module, environment, log } = liteRt
  log.length = 0
  const pointer = module._malloc(modelBytes.byteLength)
  module.HEAPU8.set(modelBytes, pointer)
  try {
    const model = module.loadModel(environment, pointer, modelBytes.byteLength)
    const compiled = await module.compileModel(environment, model, {
      environment: { liteRtEnvironment: environment },
      accelerator: 'wasm',
      cpuOptions: { numThreads: 1 },
    })
    const { inputs, outputs } = describeModel(model)
    const run: LiteRtRunner['run'] = (buffers) => compiled.run(0, buffers)
    return {
      ...{ inputs, outputs, run },
      write: (values) => {
        checkOracleInputs(inputs, values)
        return values.map((bytes, index) =>
          writeBuffer(liteRt, model.getInputTensorType(0, index), inputs[index]?.shape ?? [], bytes),
        )
      },
      runAndRead: async (buffers) => {
        log.length = 0
        try {
          const produced = await run(buffers)
          const refusal = log.find((line) => line.startsWith('ERROR'))
          if (refusal !== undefined) throw new Error(refusal)
          return produced.map((buffer, index) => takeBuffer(liteRt, buffer, outputs[index]))
        } catch (cause) {
          throw failure('run', log, cause)
        }
      },
      close: () => {
        compiled.delete()
        model.delete()
        module._free(pointer)
      },
    }
  } catch (cause) {
    module._free(pointer)
    throw failure('open', log, cause)
  }
}

function describeModel(model: LiteRtModel): Pick<LiteRtRunner, 'inputs' | 'outputs'> {
  const signature = model.getSignature(0)
  const describe = (
    names: { size(): number; get(index: number): string },
    typeOf: (index: number) => LiteRtTensorType,
  ): readonly OracleTensor[] =>
    Array.from({ length: names.size() }, (_, index) => {
      const type = typeOf(index)
      const dimensions = type.layout().dimensions()
      return {
        name: names.get(index),
        type: oracleType(type.elementType().value),
        // A dynamic size, written -1, is the batch of the models here, and they are run one sample at a time.
        shape: Array.from({ length: dimensions.size() }, (_size, axis) => Math.abs(dimensions.get(axis))),
      }
    })
  return {
    inputs: describe(signature.inputNames(), (index) => model.getInputTensorType(0, index)),
    outputs: describe(signature.outputNames(), (index) => model.getOutputTensorType(0, index)),
  }
}

function writeBuffer(
  { module, environment }: LiteRt,
  type: LiteRtTensorType,
  shape: readonly number[],
  bytes: Uint8Array,
): LiteRtBuffer {
  const dimensions = new module.VectorInt32()
  shape.forEach((size) => dimensions.push_back(size))
  const layout = module.LiteRtLayout.create(dimensions)
  const sized = module.LiteRtRankedTensorType.create(type.elementType(), layout)
  const buffer = module.LiteRtTensorBuffer.createManaged(
    environment,
    module.LiteRtTensorBufferType.HOST_MEMORY,
    sized,
    bytes.byteLength,
  )
  for (const temporary of [dimensions, layout, sized]) temporary.delete()
  const pointer = buffer.lock(module.LiteRtTensorBufferLockMode.WRITE)
  module.HEAPU8.set(bytes, pointer)
  buffer.unlock()
  return buffer
}

function takeBuffer({ module }: LiteRt, buffer: LiteRtBuffer, tensor: OracleTensor | undefined): Uint8Array {
  if (tensor === undefined) throw new Error('LiteRT: more outputs than the model describes')
  const pointer = buffer.lock(module.LiteRtTensorBufferLockMode.READ)
  const bytes = module.HEAPU8.slice(pointer, pointer + oracleBytes(tensor))
  buffer.unlock()
  buffer.delete()
  return bytes
}

function failure(step: string, log: readonly string[], cause: unknown): Error {
  const printed = log.filter((line) => !line.startsWith('INFO')).join('\n')
  return new Error(`LiteRT could not ${step} the model: ${String(cause)}\n${printed}`, { cause })
}
