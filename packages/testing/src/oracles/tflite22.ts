import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describeWith } from '../fixtures.ts'
import type { Oracle } from './oracle.ts'
import { bindTfLite } from './tflite-library.ts'
import type { TfLiteLibrary } from './tflite-library.ts'
import { openTfLite } from './tflite-oracle.ts'

const require = createRequire(import.meta.url)
const files: Readonly<Record<string, string>> = {
  'linux-x64': 'linux_x86_64/libtensorflowlite_c.so',
  'darwin-x64': 'osx_x86_64/libtensorflowlite_c.dylib',
  'win32-x64': 'windows_x86_64/tensorflowlite_c.dll',
}

function libraryPath(): string | undefined {
  const file = files[`${process.platform}-${process.arch}`]
  if (file === undefined) return undefined
  const path = join(dirname(require.resolve('node-tflite/package.json')), 'tflite', file)
  return existsSync(path) ? path : undefined
}

/** True where the package carries a library for this platform. */
const hasTfLite22 = libraryPath() !== undefined

let loaded: TfLiteLibrary | undefined

/** Binds the C library once per process. */
function loadTfLite22(): TfLiteLibrary {
  const path = libraryPath()
  if (path === undefined)
    throw new Error(`TFLite 2.2: node-tflite has no library for ${process.platform}-${process.arch}`)
  loaded ??= bindTfLite(path)
  return loaded
}

/**
 * Opens a model in TensorFlow Lite 2.2, the reference for the `tflite` arithmetic (integers, double rounding). It is
 * from 2020 and refuses newer operator versions, such as FULLY_CONNECTED per channel. One thread.
 *
 * @throws Error when the library refuses the model; what it says goes to the process's standard error.
 */
export function openTfLite22(modelBytes: Uint8Array): Promise<Oracle> {
  return Promise.resolve().then(() => openTfLite(loadTfLite22(), modelBytes))
}

/** A suite that needs TensorFlow Lite 2.2, which exists for Linux, macOS and Windows on x64. */
export function describeWithTfLite22(name: string, suite: () => void): void {
  describeWith('TensorFlow Lite 2.2 library', hasTfLite22, name, suite)
}
