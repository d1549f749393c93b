import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { configError } from './config-error.ts'

/** Names of config files that are found by themselves. */
export const configNames = ['js', 'mjs', 'json', 'ts'].map((extension) => `quantrx.config.${extension}`)

/**
 * The path of the config file of a folder; undefined where there is none.
 *
 * @throws UsageError where there are several.
 */
export async function findConfig(folder: string): Promise<string | undefined> {
  const names = new Set(await readdir(folder).catch(() => []))
  const found = configNames.filter((name) => names.has(name))
  if (found.length > 1) {
    throw configError({
      ...{ subject: folder, found: found.join(' and '), expected: 'one config file' },
      nextStep: 'Remove all but one, or name one with --config FILE',
    })
  }
  return found[0] === undefined ? undefined : join(folder, found[0])
}
