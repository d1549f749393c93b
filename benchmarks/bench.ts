/**
 * `npm run bench`: measures quantrx beside other runtimes and prints tables; README.md says what and how. Exits 1 when something
 * could not be measured and 2 when it cannot start; a bar that is not met is printed and is no failure.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixturesFolder, hasFixtures } from '@quantrx/testing'
import { describeMachine, drawMachine } from './command/machine.ts'
import { measureTable } from './command/measured-table.ts'
import type { MeasuredTable } from './command/measured-table.ts'
import { nodesToMeasure } from './command/node-versions.ts'
import type { MeasuredNode } from './command/node-versions.ts'
import { parseOptions } from './command/options.ts'
import type { BenchOptions } from './command/options.ts'
import { summarize } from './measuring/claim.ts'
import { drawClaims } from './measuring/draw.ts'
import { writeOurIntegers } from './models/our-integers.ts'
import { networks } from './models/networks.ts'
import { tables } from './tables/index.ts'

/** A table and the version of the Node that measured it. */
type Result = MeasuredTable & { readonly node: string }

async function main(options: BenchOptions): Promise<void> {
  const machine = describeMachine()
  const nodes = nodesToMeasure()
  console.log(drawMachine(machine))
  console.log(`Node ${nodes.map(({ version }) => version).join(' and ')}, ${options.rounds} rounds`)
  if (nodes.every(({ path }) => path === process.execPath)) {
    console.log('The optional dependency node24 is not installed: measuring on the running Node alone.')
  }
  const folder = mkdtempSync(join(tmpdir(), 'quantrx-bench-'))
  try {
    for (const network of networks) await writeOurIntegers(network, folder)
    const results: Result[] = []
    for (const node of nodes) results.push(...(await measureNode(node, options, folder)))
    if (options.json !== undefined) {
      const tables = results.map(({ node, name, data, claims }) => ({ node, name, data, claims }))
      const versions = nodes.map(({ version }) => version)
      const all = { machine: { ...machine, nodes: versions }, options, tables }
      writeFileSync(options.json, `${JSON.stringify(all, null, 2)}\n`)
    }
    console.log(`\n${summarize(results.flatMap(({ claims }) => claims))}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function measureNode(
  { path, version, main }: MeasuredNode,
  { tables: wanted, networks, rounds, sliceMs }: BenchOptions,
  folder: string,
): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const { name, title, everyNode } of tables) {
    if (!wanted.includes(name) || (!main && everyNode !== true)) continue
    console.log(`\n## ${title} (Node ${version})\n`)
    try {
      const measured = await measureTable(path, name, { networks, rounds, sliceMs, folder })
      console.log(measured.drawing)
      if (measured.claims.length > 0) console.log(`\n${drawClaims(measured.claims)}`)
      results.push({ node: version, ...measured })
    } catch (error) {
      console.log(String(error))
      process.exitCode = 1
    }
  }
  return results
}

/** Options of the command, or undefined after telling why it cannot start. */
function optionsOrAdvice(): BenchOptions | undefined {
  try {
    if (!hasFixtures) throw new Error(`no models in ${fixturesFolder}: set QUANTRX_FIXTURES`)
    return parseOptions(process.argv.slice(2))
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 2
    return undefined
  }
}

const options = optionsOrAdvice()
if (options !== undefined) await main(options)
