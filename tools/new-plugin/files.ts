import { metricFiles } from './metric.ts'
import { observerFiles } from './observer.ts'
import type { PluginFile } from './plugin-file.ts'
import { schemeFiles } from './scheme.ts'

/** What the generator can make. */
export const pluginKinds = ['observer', 'scheme', 'metric'] as const
export type PluginKind = (typeof pluginKinds)[number]

const templates = { observer: observerFiles, scheme: schemeFiles, metric: metricFiles } as const

/** The source and the test of a new plugin called `name` (kebab-case): a working start that is to be changed. */
export function pluginFiles(kind: PluginKind, name: string): readonly PluginFile[] {
  return templates[kind](name, camelCase(name))
}

function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
