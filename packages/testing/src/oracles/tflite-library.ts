import koffi from 'koffi'

/** Address of something that the C library owns. */
export type Address = bigint

/** What is used of TensorFlow Lite's C API. */
export interface TfLiteLibrary {
  version(): string
  modelCreate(bytes: Uint8Array, byteLength: number): Address
  modelDelete(model: Address): void
  optionsCreate(): Address
  optionsDelete(options: Address): void
  setThreads(options: Address, threads: number): void
  interpreterCreate(model: Address, options: Address): Address
  interpreterDelete(interpreter: Address): void
  allocateTensors(interpreter: Address): number
  invoke(interpreter: Address): number
  inputCount(interpreter: Address): number
  input(interpreter: Address, index: number): Address
  outputCount(interpreter: Address): number
  output(interpreter: Address, index: number): Address
  tensorType(tensor: Address): number
  tensorName(tensor: Address): string
  tensorRank(tensor: Address): number
  tensorSize(tensor: Address, axis: number): number
  copyFrom(tensor: Address, bytes: Uint8Array, byteLength: number): number
  copyTo(tensor: Address, bytes: Uint8Array, byteLength: number): number
}

/** Binds the C API of a TensorFlow Lite library of any version from 2.2. */
export function bindTfLite(path: string): TfLiteLibrary {
  const library = koffi.load(path)
  const c = <Call>(signature: string): Call => library.func(signature) as Call
  return {
    version: c('const char *TfLiteVersion()'),
    modelCreate: c('uintptr_t TfLiteModelCreate(const uint8_t *bytes, size_t size)'),
    modelDelete: c('void TfLiteModelDelete(uintptr_t model)'),
    optionsCreate: c('uintptr_t TfLiteInterpreterOptionsCreate()'),
    optionsDelete: c('void TfLiteInterpreterOptionsDelete(uintptr_t options)'),
    setThreads: c('void TfLiteInterpreterOptionsSetNumThreads(uintptr_t options, int32_t threads)'),
    interpreterCreate: c('uintptr_t TfLiteInterpreterCreate(uintptr_t model, uintptr_t options)'),
    interpreterDelete: c('void TfLiteInterpreterDelete(uintptr_t interpreter)'),
    allocateTensors: c('int TfLiteInterpreterAllocateTensors(uintptr_t interpreter)'),
    invoke: c('int TfLiteInterpreterInvoke(uintptr_t interpreter)'),
    inputCount: c('int32_t TfLiteInterpreterGetInputTensorCount(uintptr_t interpreter)'),
    input: c('uintptr_t TfLiteInterpreterGetInputTensor(uintptr_t interpreter, int32_t index)'),
    outputCount: c('int32_t TfLiteInterpreterGetOutputTensorCount(uintptr_t interpreter)'),
    output: c('uintptr_t TfLiteInterpreterGetOutputTensor(uintptr_t interpreter, int32_t index)'),
    tensorType: c('int TfLiteTensorType(uintptr_t tensor)'),
    tensorName: c('const char *TfLiteTensorName(uintptr_t tensor)'),
    tensorRank: c('int32_t TfLiteTensorNumDims(uintptr_t tensor)'),
    tensorSize: c('int32_t TfLiteTensorDim(uintptr_t tensor, int32_t axis)'),
    copyFrom: c('int TfLiteTensorCopyFromBuffer(uintptr_t tensor, const uint8_t *bytes, size_t size)'),
    copyTo: c('int TfLiteTensorCopyToBuffer(uintptr_t tensor, _Out_ uint8_t *bytes, size_t size)'),
  }
}
