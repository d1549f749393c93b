import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspace } from '../fixtures.ts'
import type { CodeBlock } from './code-blocks.ts'
import type { ExampleFolder } from './example-folder.ts'
import { isPrinted } from './printed.ts'
import { runCaptured } from './run-captured.ts'
import { shellCommands } from './shell-lines.ts'

/** Runs the command line of quantrx and resolves to its exit code. */
export type RunQuantrx = (argv: readonly string[]) => Promise<number>

/** Name of the file that a block of TypeScript or JavaScript is written to. */
export function moduleName({ file, line, language }: CodeBlock): string {
  return file ?? `line-${line}.${language}`
}

/** Whether a block is a module that can be imported. */
export const isModule = ({ language }: CodeBlock): boolean => language === 'ts' || language === 'js'

/**
 * Runs the blocks of a document one after the other in a folder, so that each finds the files that earlier ones wrote: modules are
 * imported, commands run, JSON is parsed, and a `text prints` block must be what the block before it printed.
 *
 * @throws Error with the line of the first block that does not run.
 */
export async function runDocument(
  blocks: readonly CodeBlock[],
  folder: ExampleFolder,
  quantrx: RunQuantrx,
): Promise<void> {
  let printed = ''
  for (const block of blocks) {
    try {
      printed = (await runBlock(block, folder, quantrx, printed)) ?? printed
    } catch (error) {
      throw new Error(`the block in line ${block.line} fails: ${String(error)}`, { cause: error })
    }
  }
}

async function runBlock(
  block: CodeBlock,
  folder: ExampleFolder,
  quantrx: RunQuantrx,
  printed: string,
): Promise<string | undefined> {
  if (isModule(block)) {
    folder.write(moduleName(block), block.code)
    return folder.run(moduleName(block))
  }
  if (block.language === 'sh') return runShell(block, folder, quantrx)
  if (block.language === 'json') {
    JSON.parse(block.code)
    if (block.file !== undefined) folder.write(block.file, block.code)
    return undefined
  }
  if (block.language !== 'text') throw new Error(`got ${block.language}, expected ts, js, sh, json or text`)
  if (block.prints && !isPrinted(printed, block.code)) throw new Error(`what was printed:\n${printed}`)
  return undefined
}

async function runShell(block: CodeBlock, folder: ExampleFolder, quantrx: RunQuantrx): Promise<string> {
  let printed = ''
  for (const [program, first = '', ...rest] of shellCommands(block.code)) {
    if (program === 'npx' && first === 'quantrx') {
      printed += await runCaptured(folder.path, async () => {
        const code = await quantrx(rest)
        if ((code !== 0) !== block.fails) throw new Error(`quantrx ${rest.join(' ')} ended with ${code}`)
      })
    } else if (program === 'npm') checkNpm(first, rest)
    else throw new Error(`got the command ${String(program)}, expected npm or npx quantrx`)
  }
  return printed
}

/** Commands of npm are not run; what they name must be there. */
function checkNpm(command: string, names: readonly string[]): void {
  const { scripts } = JSON.parse(readFileSync(join(workspace, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>
  }
  const missing =
    command === 'run'
      ? names.slice(0, 1).filter((name) => !(name in scripts))
      : command === 'install'
        ? names.filter((name) => !isInstalled(name))
        : ['ci', 'test'].includes(command)
          ? []
          : [command]
  if (missing.length > 0) throw new Error(`npm ${command}: there is no ${missing.join(', ')}`)
}

const isInstalled = (name: string): boolean => {
  const lock = JSON.parse(readFileSync(join(workspace, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, unknown>>
  }
  return `node_modules/${name}` in lock.packages
}
