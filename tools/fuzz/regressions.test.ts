import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { runTarget, targetNames } from './targets.ts'

/** Files that once made something throw, hang or take all memory; `npm run fuzz` saves such. */
const folder = new URL('regressions/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.tflite'))

it.each(files)('%s is taken or refused', async (name) => {
  const file = new Uint8Array(readFileSync(fileURLToPath(new URL(name, folder))))
  for (const target of targetNames) expect(['done', 'refused']).toContain(await runTarget(target, file))
})
