import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openPage } from '@quantrx/testing'
import { build } from 'vite'
import { workspaceRoot } from '../workspace-root.ts'

/** What a page made of a model and samples. */
export interface PageResult {
  readonly model: Uint8Array
  readonly report: string
}

/**
 * Bundles `page.js` from the packages that are installed in a folder, opens it in Chromium, and lets it fetch files of that folder.
 *
 * @throws Error when the bundle cannot be made, or with what the page throws.
 */
export async function quantizeInBrowser(folder: string, model: string, samples: string): Promise<PageResult> {
  cpSync(join(workspaceRoot, 'tools/new-user/page.js'), join(folder, 'page.js'))
  const served = Object.fromEntries([model, samples].map((name) => [name, readFileSync(join(folder, name))]))
  const page = await openPage({ ...(await bundled(folder)), ...served })
  try {
    const call = `import('/page.js').then(({ quantize }) => quantize('/${model}', '/${samples}'))`
    const { bytes, report } = (await page.evaluate(call)) as { bytes: number[]; report: string }
    return { model: Uint8Array.from(bytes), report }
  } finally {
    await page.close()
  }
}

async function bundled(folder: string): Promise<Readonly<Record<string, string>>> {
  const result = await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: {
        input: join(folder, 'page.js'),
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: 'page.js' },
      },
    },
  })
  const [bundle] = Array.isArray(result) ? result : [result]
  if (bundle === undefined || !('output' in bundle)) throw new Error('Vite produced no bundle')
  return Object.fromEntries(
    bundle.output.flatMap((file) => ('code' in file ? [[file.fileName, file.code]] : [])),
  )
}
