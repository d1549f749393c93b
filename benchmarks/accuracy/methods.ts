import { presets, quantizeByPreset } from '@quantrx/algorithms'
import type { ImprovementHost, Preset } from '@quantrx/algorithms'
import type { Opener } from '@quantrx/core'
import type { Model } from '@quantrx/tflite'
import type { MethodName } from './subjects.ts'

const plain: Preset = { ...presets.default, purpose: 'what converters do', algorithms: [] }

/** Presets, which are what users of the library get, and of the command line with the same names of schemes and algorithms. */
const methodPresets: Readonly<Record<MethodName, Preset>> = {
  'min-max': plain,
  default: presets.default,
  'best int8': presets['best-int8'],
  'per tensor equalized': presets['best-int8-per-tensor'],
  'int4 mixed': presets['best-int4'],
}

/** Names of all methods, in the order of the table. */
export const methodNames = Object.keys(methodPresets) as readonly MethodName[]

/** Makes an integer model of a float one; `note` is told what was chosen. */
export async function quantizeBy(
  method: MethodName,
  model: Model,
  open: Opener,
  note: NonNullable<ImprovementHost['note']>,
): Promise<Model> {
  return (await quantizeByPreset(model, methodPresets[method], open, { note })).model
}
