import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspace } from '../workspace.ts'

const page = (order: number, text: string): string => `---\norder: ${order}\n---\n\n${text}`

/** The page of what runs and what becomes an integer, which is the workspace's `FEATURES.md`. */
export function featuresPage(): string {
  const text = readFileSync(join(workspace, 'FEATURES.md'), 'utf8')
  return page(
    2,
    text
      .replace('# What quantrx does', '# File support')
      .replace('packages/kernels/src/arithmetic/README.md', './litert-operators'),
  )
}

/** The page of what LiteRT computes for each operator, which stands beside the kernels. */
export function arithmeticPage(): string {
  return page(5, readFileSync(join(workspace, 'packages/kernels/src/arithmetic/README.md'), 'utf8'))
}
