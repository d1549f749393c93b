import { QuantrxError } from '@quantrx/core'
import type { ChosenSamples } from '../worker/messages.ts'

/** The model and the samples that come with the page, those of `quantrx demo`. */
export interface DemoFiles {
  readonly model: File
  readonly calibration: ChosenSamples
  readonly test: ChosenSamples
}

/**
 * Fetches the demo from beside the page.
 *
 * @throws QuantrxError naming the file that cannot be fetched.
 */
export async function fetchDemo(): Promise<DemoFiles> {
  const [model, calibration, test] = await Promise.all(
    ['demo.tflite', 'calibration.arrow', 'test.arrow'].map((name) => fetchFile(name)),
  )
  return { model: model!, calibration: shipped(calibration!), test: shipped(test!) }
}

const shipped = (file: File): ChosenSamples => ({
  name: file.name,
  files: [{ path: file.name, file }],
  shipped: true,
})

async function fetchFile(name: string): Promise<File> {
  try {
    const response = await fetch(new URL(name, document.baseURI))
    if (response.ok) return new File([await response.blob()], name)
    throw unreachable(name, `status ${response.status}`)
  } catch (cause) {
    if (cause instanceof QuantrxError) throw cause
    throw unreachable(name, cause instanceof Error ? cause.message : String(cause))
  }
}

const unreachable = (name: string, found: string): QuantrxError =>
  new QuantrxError({
    ...{ stage: 'data', subject: name, found, expected: 'a file beside the page' },
    nextStep: 'Check the connection, or choose files of your own',
  })
