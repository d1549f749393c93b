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
): string => `import { int8PerChannel } from '../plan/treatment.ts'
import type { Scheme } from '../scheme.ts'
import { schemeOfRules } from '../scheme-of-rules.ts'

/** Weights and activations in int8; the weights of FULLY_CONNECTED with one scale for all. */
export function ${identifier}(): Scheme {
  const treatment = { kind: 'integer', activations: 'int8', weights: int8PerChannel } as const
  const perTensor = { ...treatment, weights: { bits: 8, granularity: { kind: 'tensor' } } } as const
  return schemeOfRules({
    name: '${name}',
    rules: [
      { where: [], treatment },
      { where: [{ operators: ['FULLY_CONNECTED'] }], treatment: perTensor },
    ],
  })
}
`

const test = (
  name: string,
  identifier: string,
): string => `import { schemeConformance } from '../scheme.conformance.ts'
import { ${identifier} } from './${name}.ts'

schemeConformance('${name}', ${identifier})
`
