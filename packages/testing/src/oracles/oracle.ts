/** Element types that the oracles take and give. */
export type OracleType = 'float32' | 'int8' | 'uint8' | 'int16' | 'int32' | 'int64' | 'bool'

/** An input or output of a model, as an oracle sees it. */
export interface OracleTensor {
  readonly name: string
  readonly type: OracleType
  readonly shape: readonly number[]
}

/** A model loaded by a runtime that is not ours. */
export interface Oracle {
  readonly inputs: readonly OracleTensor[]
  readonly outputs: readonly OracleTensor[]
  /** Runs once; inputs and outputs are little-endian bytes in the order of the model. Outputs are copies. */
  run(inputs: readonly Uint8Array[]): Promise<readonly Uint8Array[]>
  /** Frees what the runtime allocated outside JavaScript; the oracle must not be used afterwards. */
  close(): void
}

/** A model with its inputs in place, to be run again and again by whoever measures time. */
export interface RepeatedModel {
  /** One inference; its outputs are not read. */
  run(): void | Promise<void>
  /** Output bytes of a first run. */
  readonly outputs: readonly Uint8Array[]
  close(): void
}

const typesByNumber: Readonly<Record<number, OracleType>> = {
  1: 'float32',
  2: 'int32',
  3: 'uint8',
  4: 'int64',
  6: 'bool',
  7: 'int16',
  9: 'int8',
}

const bytesPerElement: Readonly<Record<OracleType, number>> = {
  float32: 4,
  int8: 1,
  uint8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  bool: 1,
}

/** The type with a number of `TfLiteType`, which LiteRT shares. */
export function oracleType(number: number): OracleType {
  const type = typesByNumber[number]
  if (type === undefined) throw new Error(`Oracle: no use for tensors of TfLiteType ${number}`)
  return type
}

/** Number of bytes of a tensor. */
export function oracleBytes({ type, shape }: OracleTensor): number {
  return shape.reduce((product, size) => product * size, bytesPerElement[type])
}

/** Fails with a message that names the input when `inputs` do not fit the model. */
export function checkOracleInputs(tensors: readonly OracleTensor[], inputs: readonly Uint8Array[]): void {
  if (inputs.length !== tensors.length)
    throw new Error(`Oracle: got ${inputs.length} inputs, expected ${tensors.length}`)
  tensors.forEach((tensor, index) => {
    const length = inputs[index]?.byteLength
    if (length !== oracleBytes(tensor))
      throw new Error(
        `Oracle input ${index} "${tensor.name}": got ${length} bytes, expected ${oracleBytes(tensor)}`,
      )
  })
}
