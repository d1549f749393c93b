import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { bundle } from './bundle.ts'

/** Older packages ask for modules of Node by `require`, which bundles for browsers do not have. */
const requireModules = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)`

/**
 * Bundles a module that does its work when it is loaded, for a thread or a process of Node: loading the sources takes each of them
 * seconds, and a compiler of TypeScript.
 *
 * @param path of the module, absolute.
 * @param folder that files are written to, with a `package.json`.
 * @returns the path of the file to run.
 */
export async function bundleProgram(path: string, folder: string): Promise<string> {
  const [first, ...others] = await bundle({
    code: `import ${JSON.stringify(path)}`,
    minify: false,
    plugins: [
      // Its package says that none of its modules does anything when it is loaded.
      {
        name: 'program',
        transform: (code, id) => (id === path ? { code, moduleSideEffects: true } : undefined),
      },
    ],
  })
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  for (const { name, code } of [first!, ...others]) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), `${requireModules}\n${code}`)
  }
  return join(folder, first!.name)
}
