import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspace } from '../workspace.ts'

/** The page of what runs and what becomes an integer, which is the workspace's `FEATURES.md`. */
export const featuresPage = (): string => readFileSync(join(workspace, 'FEATURES.md'), 'utf8')
