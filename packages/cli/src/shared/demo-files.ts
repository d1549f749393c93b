import { fileURLToPath } from 'node:url'

const inPackage = (name: string): string => fileURLToPath(new URL(`../../demo/${name}`, import.meta.url))

/** The model and the samples that ship with this package; made by a script of the repository. */
export const demoFiles = {
  model: inPackage('demo.tflite'),
  calibration: inPackage('calibration.arrow'),
  test: inPackage('test.arrow'),
} as const
