import { basename, join } from 'node:path'
import type { SweptCandidate } from '@quantrx/algorithms'

/** The path of a candidate's file: model, scheme, observer and sample count, such as `model.int8.percentile-99.99.100.tflite`. */
export function candidateFile(
  folder: string,
  modelPath: string,
  { scheme, observer, samples }: Pick<SweptCandidate, 'scheme' | 'observer' | 'samples'>,
): string {
  const model = basename(modelPath).replace(/\.tflite$/, '')
  const label = scheme.replace(/\.json$/, '').replace(/^.*[/\\]/, '')
  return join(folder, `${[model, label, observer.replaceAll(':', '-'), samples].join('.')}.tflite`)
}
