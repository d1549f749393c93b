import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import koffi from 'koffi'
import type { Oracle, RepeatedModel } from './oracle.ts'
import { bindTfLite } from './tflite-library.ts'
import type { Address } from './tflite-library.ts'
import { openTfLite } from './tflite-oracle.ts'

const require = createRequire(import.meta.url)
const files: Readonly<Record<string, string>> = {
  'linux-x64': 'linux_amd64/libtensorflowlite_c.so',
  'linux-arm64': 'linux_arm64/libtensorflowlite_c.so',
  'darwin-arm64': 'darwin_arm64/libtensorflowlite_c.dylib',
  'win32-x64': 'windows_amd64/tensorflowlite_c.dll',
}

/**
 * The TensorFlow Lite 2.9 library of `tfjs-tflite-node`, whose own binding would have to be compiled; undefined where that
 * package is not installed or has none for this platform.
 */
export function tfLite29Path(): string | undefined {
  const file = files[`${process.platform}-${process.arch}`]
  if (file === undefined) return undefined
  try {
    const path = join(dirname(require.resolve('tfjs-tflite-node/package.json')), 'cc_deps', file)
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

/**
 * Opens a model in TensorFlow Lite 2.9, native code with XNNPACK for float32 and int8, one thread, and runs it once. A measure
 * of speed only: its integer results are no reference.
 *
 * @param path as {@link tfLite29Path} gives it.
 * @throws Error when the library refuses the model; what it says goes to the process's standard error.
 */
export async function repeatTfLite29(
  path: string,
  modelBytes: Uint8Array,
  inputs: readonly Uint8Array[],
): Promise<RepeatedModel> {
  const addDelegate = koffi
    .load(path)
    .func('void TfLiteInterpreterOptionsAddDelegate(uintptr_t options, uintptr_t delegate)') as (
    options: Address,
    delegate: Address,
  ) => void
  const { run, invoke, close } = openTfLite(bindTfLite(path), modelBytes, (options) =>
    addDelegate(options, xnnpackDelegate(path)),
  )
  return { outputs: await run(inputs), run: invoke, close }
}

/**
 * Opens a model in TensorFlow Lite 2.9 without XNNPACK: its own kernels, for operators that no other oracle runs. One thread.
 *
 * @param path as {@link tfLite29Path} gives it.
 * @throws Error when the library refuses the model; what it says goes to the process's standard error.
 */
export function openTfLite29(path: string, modelBytes: Uint8Array): Oracle {
  return openTfLite(bindTfLite(path), modelBytes)
}

/** Flag of the delegate's options: take over int8 operators, which this version leaves alone otherwise. */
const signedQuantized = 1

function xnnpackDelegate(path: string): Address {
  const create = koffi.load(path).func('uintptr_t TfLiteXNNPackDelegateCreate(const int32_t *options)') as (
    options: Int32Array,
  ) => Address
  // Number of threads, flags, and zeros for the fields after them.
  const options = new Int32Array(16)
  options.set([1, signedQuantized])
  return create(options)
}
