import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { workspaceRoot } from '../workspace-root.ts'
import { run } from './checks.ts'
import type { Checks } from './checks.ts'

/**
 * Uses what a package offers as its users do: from modules, through `require`, from TypeScript, and in a browser's bundle.
 *
 * @param specifiers What users import.
 * @param forBrowsers Those of them that must work in browsers.
 */
export async function useEntries(
  { check }: Checks,
  folder: string,
  specifiers: readonly string[],
  forBrowsers: readonly string[],
): Promise<void> {
  const name = specifiers.join(', ')
  const imports = specifiers.map((specifier, at) => `import * as it${at} from '${specifier}'\n`).join('')
  const all = `[${specifiers.map((_, at) => `it${at}`).join(', ')}]`
  const notEmpty = (list: string): string =>
    `if (${list}.some((each) => Object.keys(each).length === 0)) throw new Error('empty')\n`
  writeFileSync(join(folder, 'use.mjs'), imports + notEmpty(all))
  await check(`${name}: imports from ESM`, () => run('node', ['use.mjs'], folder))
  const required = `[${specifiers.map((specifier) => `require('${specifier}')`).join(', ')}]`
  writeFileSync(join(folder, 'use.cjs'), notEmpty(required))
  await check(`${name}: loads through require`, () => run('node', ['use.cjs'], folder))
  const types = specifiers.map((_, at) => `export type All${at} = typeof it${at}\n`).join('')
  writeFileSync(join(folder, 'use.ts'), imports + notEmpty(all) + types)
  const compilerOptions = {
    ...{ noEmit: true, strict: true, target: 'es2022', module: 'nodenext', types: [], skipLibCheck: true },
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }))
  await check(`${name}: type-checks under nodenext`, () =>
    run(join(workspaceRoot, 'node_modules/.bin/tsc'), ['-p', '.'], folder),
  )
  for (const specifier of forBrowsers) {
    await check(`${specifier}: bundles for the browser with Vite`, () => bundleForBrowser(folder, specifier))
  }
}

/** @throws Error when the bundle needs what only Node has. */
async function bundleForBrowser(folder: string, specifier: string): Promise<void> {
  writeFileSync(join(folder, 'browser.mjs'), `export * from '${specifier}'\n`)
  const result = await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry: 'browser.mjs', formats: ['es'], fileName: 'out' } },
  })
  const [bundle] = Array.isArray(result) ? result : [result]
  if (bundle === undefined || !('output' in bundle)) throw new Error('Vite produced no bundle')
  const code = bundle.output.map((file) => ('code' in file ? file.code : '')).join('')
  if (/["']node:/.test(code) || code.includes('__vite-browser-external')) {
    throw new Error('the browser bundle reaches for Node modules')
  }
}
