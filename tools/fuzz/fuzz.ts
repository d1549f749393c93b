/**
 * Gives hostile files to `readModel`, `compile` (and one run) and `quantizeModel` (every scheme). A case passes when the file is taken
 * or refused with an error of quantrx; anything else is saved and told, and makes the exit code 1.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspaceRoot } from '../workspace-root.ts'
import { fuzzCase } from './fuzz-case.ts'
import type { Share } from './messages.ts'
import { parseOptions } from './options.ts'
import type { FuzzOptions } from './options.ts'
import { seeds } from './seeds.ts'
import { supervise } from './supervise.ts'
import type { Finding } from './supervise.ts'
import { runTarget } from './targets.ts'
import type { TargetName } from './targets.ts'

const folder = join(workspaceRoot, '.tmp/fuzz')

/** Every target gets the same number of cases, and every job every so many of them. */
function shares({ cases, seed, targets, jobs }: FuzzOptions): readonly (readonly Share[])[] {
  const each = Math.ceil(cases / targets.length)
  return targets.map((target) =>
    Array.from({ length: jobs }, (_, job) => ({ target, seed, from: job, to: each, step: jobs })),
  )
}

async function runAll(options: FuzzOptions): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const ofTarget of shares(options)) {
    const [first] = ofTarget
    const started = performance.now()
    const counts: Record<string, number> = {}
    const onOutcome = (outcome: { kind: string; verdict?: string }): void => {
      const name = outcome.verdict ?? outcome.kind
      counts[name] = (counts[name] ?? 0) + 1
    }
    const found = await Promise.all(ofTarget.map((share) => supervise(share, { onOutcome })))
    findings.push(...found.flat())
    const seconds = ((performance.now() - started) / 1000).toFixed(0)
    const told = Object.entries(counts).map(([name, count]) => `${count} ${name}`)
    console.log(`${first?.target.padEnd(8)} ${first?.to} cases in ${seconds} s: ${told.join(', ')}`)
  }
  return findings
}

function save({ share: { target, seed }, index, what, error }: Finding): void {
  const { seed: name, file } = fuzzCase(seeds(), target, seed, index)
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${target}-${seed}-${index}.tflite`)
  if (file !== undefined) writeFileSync(path, file)
  console.log(`\n${target} case ${index} of seed ${seed} (from ${name}): ${what}\n  ${path}\n  ${error}`)
}

async function runOnly(targets: readonly TargetName[], seed: number, index: number): Promise<void> {
  for (const target of targets) {
    const { seed: name, file } = fuzzCase(seeds(), target, seed, index)
    console.log(target, index, name, file === undefined ? 'unwritable' : await runTarget(target, file))
  }
}

const options = parseOptions(process.argv.slice(2))
if (options.only !== undefined) await runOnly(options.targets, options.seed, options.only)
else {
  const findings = await runAll(options)
  for (const finding of findings) save(finding)
  console.log(`${options.cases} cases, ${findings.length} went wrong`)
  process.exitCode = findings.length === 0 ? 0 : 1
}
