import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** The page as it is published, in a folder of its own. */
export interface BuiltSite {
  readonly folder: string
  remove(): Promise<void>
}

/** Builds the page to a temporary folder. */
export async function buildSite(): Promise<BuiltSite> {
  const folder = await mkdtemp(join(tmpdir(), 'quantrx-playground-'))
  const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url))
  await build({ configFile, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } })
  return { folder, remove: () => rm(folder, { recursive: true }) }
}
