import type { PluginFile } from './plugin-file.ts'

/** A scheme that starts as int8 with per-channel convolutions and per-tensor fully connected layers. */
export function schemeFiles(name: string, identifier: string): readonly PluginFile[] {
  const folder = 'packages/schemes/src/schemes'
  return [
    { path: `${folder}/${name}.ts`, text: source(name, identifier) },
    { path: `${folder}/${name}.test.ts`, text: test(name, identifier) },
  ]
}

const source = (
  name: string,
  identifier: string,
): string => `import { integerPlan } from '../plan/integer-plan.ts'
import type { Scheme } from '../scheme.ts'

/** Weights and activations in int8; the weights of convolutions with one scale per output channel. */
export function ${identifier}(): Scheme {
  const scheme = '${name}'
  return {
    name: scheme,
    needsCalibration: true,
    plan: (model, calibration) =>
      integerPlan(model, calibration, {
        scheme,
        io: 'float32',
        perChannel: ({ kind }) => kind.endsWith('CONV_2D'),
      }),
  }
}
`

const test = (
  name: string,
  identifier: string,
): string => `import { schemeConformance } from '../scheme.conformance.ts'
import { ${identifier} } from './${name}.ts'

schemeConformance('${name}', ${identifier})
`
