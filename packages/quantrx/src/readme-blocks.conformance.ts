import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds the whole workspace. */
export const workspace = fileURLToPath(new URL('../../..', import.meta.url))

/** The TypeScript blocks of a Markdown file of the workspace. */
export const typescriptBlocks = (path: string): readonly string[] => codeBlocks(path, 'ts')

/** The blocks of a Markdown file of the workspace that are in a language. */
export function codeBlocks(path: string, language: 'ts' | 'js'): readonly string[] {
  const blocks = readFileSync(join(workspace, path), 'utf8').matchAll(/```(\w+)\n([\s\S]*?)```/g)
  return [...blocks].flatMap(([, named, code = '']) => (named === language ? [code] : []))
}

/** A folder in which examples find the packages of the workspace, and the files of the demo beside them. */
export interface ExampleFolder {
  /** Writes a file beside the examples. */
  write(name: string, content: string | Uint8Array): void
  /** Runs an example and gives back what it printed. */
  run(code: string): string
  /** Type-checks examples together; gives back what the compiler says, nothing when all is well. */
  check(codes: readonly string[]): string
  remove(): void
}

/** Makes an {@link ExampleFolder}, inside the workspace so that imports resolve as in a user's installation. */
export function exampleFolder(): ExampleFolder {
  const folder = mkdtempSync(join(workspace, 'packages/quantrx/.readme-'))
  const demo = join(workspace, 'packages/cli/demo')
  for (const name of ['demo.tflite', 'calibration.arrow', 'test.arrow'])
    cpSync(join(demo, name), join(folder, name))
  const run = (args: readonly string[]): string =>
    execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  return {
    write: (name, content) => writeFileSync(join(folder, name), content),
    run(code) {
      writeFileSync(join(folder, 'run.ts'), code)
      return run(['-C', '@quantrx/source', '--import', 'tsx', 'run.ts'])
    },
    check(codes) {
      const names = codes.map((_, at) => `example-${at}.ts`)
      names.forEach((name, at) => writeFileSync(join(folder, name), codes[at]!))
      const config = { extends: '../../../tsconfig.json', files: names, include: [] }
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
      try {
        return run([join(workspace, 'node_modules/typescript/bin/tsc'), '-p', folder])
      } catch (error) {
        return (error as { stdout: string }).stdout
      }
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}
