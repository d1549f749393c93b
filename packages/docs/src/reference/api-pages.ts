import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Application } from 'typedoc'
import type { PluginOptions } from 'typedoc-plugin-markdown'
import type { TypeDocOptions } from 'typedoc'
import { apiFolder, workspace } from '../workspace.ts'
import { entryPoints } from './entry-points.ts'
import type { EntryPoint } from './entry-points.ts'

/**
 * Writes the reference of every package from its doc comments, one page for each entry point.
 *
 * @throws Error when a comment links to something that does not exist, or anything else gives a warning.
 */
export async function writeApiPages(): Promise<void> {
  rmSync(apiFolder, { recursive: true, force: true })
  const entries = entryPoints()
  const application = await Application.bootstrapWithPlugins(options(entries))
  const project = await application.convert()
  if (project === undefined) throw new Error('typedoc cannot read the sources')
  const names = new Map(entries.map(({ name, source }) => [moduleName(source), name]))
  for (const module of project.children ?? []) module.name = names.get(module.name) ?? module.name
  application.validate(project)
  await application.generateOutputs(project)
  if (application.logger.hasWarnings() || application.logger.hasErrors())
    throw new Error('typedoc has warnings: correct the doc comments that it names')
}

/** What typedoc calls a module before it is given the name of its package. */
const moduleName = (source: string): string =>
  source.replace(/^packages\//, '').replace(/(\/index)?\.ts$/, '')

function options(entries: readonly EntryPoint[]): Partial<TypeDocOptions> & Partial<PluginOptions> {
  return {
    entryPoints: entries.map(({ source }) => join(workspace, source)),
    tsconfig: join(workspace, 'tsconfig.json'),
    plugin: ['typedoc-plugin-markdown'],
    outputs: [{ name: 'markdown', path: apiFolder }],
    basePath: join(workspace, 'packages'),
    logLevel: 'Warn',
    // The type check of the workspace does that.
    skipErrorChecking: true,
    name: 'API reference',
    readme: 'none',
    disableSources: true,
    disableGit: true,
    outputFileStrategy: 'modules',
    entryFileName: 'index',
    hideBreadcrumbs: true,
    hidePageHeader: true,
    parametersFormat: 'table',
    interfacePropertiesFormat: 'table',
    typeAliasPropertiesFormat: 'table',
    // The schema of the files is data: its type is as long as it is.
    typeDeclarationFormat: 'table',
    typeDeclarationVisibility: 'compact',
    useCodeBlocks: true,
    sanitizeComments: true,
    useHTMLEncodedBrackets: true,
  }
}
