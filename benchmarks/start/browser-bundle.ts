import { fileURLToPath } from 'node:url'
import { bundle } from '@quantrx/testing'
import type { BundledFile } from '@quantrx/testing'
import { eagerFunctionsPlugin } from '@quantrx/tools/eager-functions'

/**
 * All code of quantrx that a page needs to run a model, minified; the module to import first. Bundled from the sources: no build is
 * needed.
 */
export const browserBundle = (): Promise<readonly BundledFile[]> =>
  bundle({
    code: `export * from '${fileURLToPath(new URL('browser-entry.ts', import.meta.url))}'`,
    plugins: [eagerFunctionsPlugin()],
  })
