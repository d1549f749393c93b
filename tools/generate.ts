/** Writes every file that is made from folders and code: index files first, since the code imports them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compactSchema } from './compact-schema.ts'
import { generatedIndexes, renderIndex } from './indexes.ts'
import { operatorTiers } from './operator-tiers.ts'
import { workspaceRoot } from './workspace-root.ts'

function refresh(path: string, wanted: string): void {
  if (existsSync(path) && readFileSync(path, 'utf8') === wanted) return
  writeFileSync(path, wanted)
  console.log(`wrote ${path}`)
}

for (const path of generatedIndexes()) refresh(path, renderIndex(path))
for (const [path, text] of Object.entries(compactSchema())) refresh(path, text)
for (const [path, text] of Object.entries(await operatorTiers())) refresh(path, text)
const { renderFeatures } = await import('./features.ts')
refresh(join(workspaceRoot, 'FEATURES.md'), renderFeatures())
