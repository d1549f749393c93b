import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { StandaloneModule } from '@quantrx/runtime'
import { openPage, runInWabt } from '@quantrx/testing'
import { codeBlocks } from '@quantrx/testing/examples'

/** Runs a module of one input and one output on samples, both as stored bytes. */
export type RunStandalone = (
  module: StandaloneModule,
  samples: readonly Uint8Array[],
) => Promise<readonly Uint8Array[]>

/** What runs in JavaScript: the loader of the README, and this. */
const runner = `import { loadModel } from './load-model.js'

export async function outputsOf(bytes, samples) {
  const { inputs: [input], outputs: [output], run } = await loadModel(bytes)
  const bytesOf = ({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return samples.map((sample) => {
    bytesOf(input).set(sample)
    run()
    return [...bytesOf(output)]
  })
}
`

const nodeMain = `import { readFileSync } from 'node:fs'
import { outputsOf } from './runner.js'

const samples = JSON.parse(readFileSync('samples.json', 'utf8'))
console.log(JSON.stringify(await outputsOf(readFileSync('model.wasm'), samples)))
`

const pageMain = `Promise.all([import('./runner.js'), fetch('model.wasm'), fetch('samples.json')]).then(
  async ([{ outputsOf }, model, samples]) => outputsOf(await model.arrayBuffer(), await samples.json()),
)`

function filesOf(
  { bytes }: StandaloneModule,
  samples: readonly Uint8Array[],
): Readonly<Record<string, string | Uint8Array>> {
  const loader = codeBlocks('packages/cli/README.md').find(({ language }) => language === 'js')?.code ?? ''
  return {
    'load-model.js': loader,
    'runner.js': runner,
    'model.wasm': bytes,
    'samples.json': JSON.stringify(samples.map((sample) => [...sample])),
  }
}

const bytesOf = (outputs: unknown): readonly Uint8Array[] =>
  (outputs as readonly (readonly number[])[]).map((output) => Uint8Array.from(output))

/** In a process of Node, which is given by its path. */
export const runInNode =
  (path: string): RunStandalone =>
  async (module, samples) => {
    const folder = await mkdtemp(join(tmpdir(), 'quantrx-standalone-'))
    const own = { 'package.json': '{ "type": "module" }', 'main.js': nodeMain }
    try {
      for (const [name, content] of Object.entries({ ...filesOf(module, samples), ...own }))
        await writeFile(join(folder, name), content)
      const { stdout } = await promisify(execFile)(path, ['main.js'], { cwd: folder, maxBuffer: 2 ** 26 })
      return bytesOf(JSON.parse(stdout))
    } finally {
      await rm(folder, { recursive: true })
    }
  }

/** In a page of Chromium. */
export const runInChromium: RunStandalone = async (module, samples) => {
  const page = await openPage(filesOf(module, samples))
  try {
    return bytesOf(await page.evaluate(pageMain))
  } finally {
    await page.close()
  }
}

/** In the interpreter of the WebAssembly Binary Toolkit, without any JavaScript. */
export const runInInterpreter: RunStandalone = async ({ bytes, inputs: [input], outputs }, samples) => {
  const placed = samples.map((sample) => [{ address: input!.address, bytes: sample }])
  return (await runInWabt(bytes, placed, outputs)).map(([output]) => output!)
}
