import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { workspace } from '../fixtures.ts'
import { runCaptured } from './run-captured.ts'

/** A folder in which examples find the packages of the workspace, and the files of the demo beside them. */
export interface ExampleFolder {
  readonly path: string
  /** Writes a file, in a sub-folder if its name has one; gives back its path. */
  write(name: string, content: string | Uint8Array): string
  /** Runs a module that was written, once, and gives back what it printed. */
  run(name: string): Promise<string>
  remove(): void
}

/** Makes an {@link ExampleFolder}, inside the workspace so that imports resolve as in a user's installation. */
export function exampleFolder(): ExampleFolder {
  const path = mkdtempSync(join(workspace, 'packages/quantrx/.examples-'))
  const demo = join(workspace, 'packages/cli/demo')
  for (const name of ['demo.tflite', 'calibration.arrow', 'test.arrow'])
    cpSync(join(demo, name), join(path, name))
  return {
    path,
    write(name, content) {
      const file = join(path, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content)
      return file
    },
    run: (name) => runCaptured(path, () => import(/* @vite-ignore */ join(path, name))),
    remove: () => rmSync(path, { recursive: true }),
  }
}
