/**
 * Records which functions the first inference of an integer model calls, and writes those that most models call to
 * `packages/NAME/eager-functions.json`. `--check` writes nothing, and exits 1 when a list would change.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { node24 } from '@quantrx/testing'
import { workspaceRoot } from '../workspace-root.ts'
import { calledFunctions, inMost } from './called-functions.ts'
import type { CalledFunctions, Coverage } from './called-functions.ts'
import { integerModels } from './integer-models.ts'
import { eagerFunctionsOf, listPath, renderList } from './list.ts'

const script = fileURLToPath(new URL('first-inference.ts', import.meta.url))

/** What the first inference of a model calls, in a process of its own; undefined where the processor has not what lists are made for. */
function record(model: string, arithmetic: string, folder: string): CalledFunctions | undefined {
  // This Node takes types away by itself, without moving the code.
  if (node24 === undefined) throw new Error('node24 is missing: an optional dependency, for Linux on x64')
  const output = mkdtempSync(join(folder, 'coverage-'))
  const innerLoop = execFileSync(node24, ['--conditions=@quantrx/source', script, model, arithmetic], {
    env: { ...process.env, NODE_V8_COVERAGE: output },
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  if (innerLoop.trim() !== 'usdot') return undefined
  const [file = ''] = readdirSync(output)
  return calledFunctions(JSON.parse(readFileSync(join(output, file), 'utf8')) as Coverage)
}

async function recordAll(folder: string): Promise<readonly (CalledFunctions | undefined)[]> {
  const models = (await integerModels()).map((bytes, index) => {
    const path = join(folder, `${index}.tflite`)
    writeFileSync(path, bytes)
    return path
  })
  return models.flatMap((model) =>
    ['tflite', 'xnnpack'].map((arithmetic) => record(model, arithmetic, folder)),
  )
}

function compareOrWrite(runs: readonly CalledFunctions[], check: boolean): void {
  for (const name of [...new Set(runs.flatMap((run) => Object.keys(run)))].sort()) {
    const packageFolder = join(workspaceRoot, 'packages', name)
    const list = inMost(runs.map((run) => run[name] ?? {}))
    const changed = renderList(list) !== renderList(eagerFunctionsOf(packageFolder))
    if (changed && check) process.exitCode = 1
    if (changed && !check) writeFileSync(listPath(packageFolder), renderList(list))
    const count = Object.values(list).reduce((total, names) => total + names.length, 0)
    const outcome = !changed ? 'up to date' : check ? 'OUT OF DATE: npm run eager' : 'written'
    console.log(`${name}: ${count} functions in ${Object.keys(list).length} modules, ${outcome}`)
  }
}

const folder = mkdtempSync(join(tmpdir(), 'quantrx-'))
try {
  const runs = await recordAll(folder)
  const complete = runs.filter((run) => run !== undefined)
  if (complete.length === runs.length) compareOrWrite(complete, process.argv.includes('--check'))
  else
    console.log(
      'This processor has no exact usdot, which the lists are made for: nothing was compared or written.',
    )
} finally {
  rmSync(folder, { recursive: true })
}
