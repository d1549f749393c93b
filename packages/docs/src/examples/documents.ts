import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Folders of the site whose pages are made by the build, from code. */
const generated = ['api', 'generated']

/** The pages of the site that people wrote, as paths from the workspace. */
export function writtenPages(workspace: string): readonly string[] {
  const root = join(workspace, 'packages/docs')
  const pages = (folder: string): readonly string[] =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return skipped(entry.name) ? [] : pages(path)
      return entry.name.endsWith('.md') && entry.name !== 'README.md' ? [join('packages/docs', path)] : []
    })
  return pages('.')
}

const skipped = (folder: string): boolean =>
  folder.startsWith('.') || ['node_modules', 'public', 'src', ...generated].includes(folder)

/** The READMEs whose examples run: of the workspace and of every package that has one. */
export function readmes(workspace: string): readonly string[] {
  const packages = readdirSync(join(workspace, 'packages')).map((name) => join('packages', name, 'README.md'))
  return ['README.md', ...packages].filter((path) => existsSync(join(workspace, path)))
}
