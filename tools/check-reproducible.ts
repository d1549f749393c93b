/**
 * Proves that the same model, samples and options give the same bytes on another version of Node: quantizes with this
 * Node and with Node 24 (the optional dependency of the benchmarks) and compares. Needs `npm run build`.
 * Prints a line per case; exits 1 when bytes differ.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fixturePath, hasFixtures } from '@quantrx/testing'
import { workspaceRoot } from './workspace-root.ts'

const scratch = join(workspaceRoot, '.tmp/reproducible')
const command = join(workspaceRoot, 'packages/quantrx/bin/quantrx.js')
const demo = join(workspaceRoot, 'packages/cli/demo')

function otherNode(): string {
  const path = join(workspaceRoot, 'benchmarks/node_modules/node24/bin/node')
  if (!existsSync(path))
    throw new Error('node24 is not installed: it is an optional dependency, for Linux on x64')
  return path
}

interface Case {
  readonly name: string
  readonly args: readonly string[]
}

const demoArgs = [join(demo, 'demo.tflite'), '--data', join(demo, 'calibration.arrow')]
const realCases: readonly Case[] = hasFixtures
  ? [
      {
        name: 'resnet8 int8',
        args: [
          fixturePath('data/models/resnet8_cifar10_float.tflite'),
          ...['--data', fixturePath('data/cifar10/calib_train_500_x.npy'), '--samples', '50'],
        ],
      },
      {
        name: 'mobilenet int8',
        args: [
          fixturePath('data/models/mobilenet_v1_0.25_224_float.tflite'),
          ...[
            '--data',
            fixturePath('data/imagenet/calib_100_x.npy'),
            '--normalize',
            '127.5,127.5',
            '--samples',
            '5',
          ],
        ],
      },
    ]
  : []
const cases: readonly Case[] = [
  { name: 'demo int8', args: demoArgs },
  { name: 'demo percentile', args: [...demoArgs, '--observer', 'percentile:99.9'] },
  { name: 'demo moving average', args: [...demoArgs, '--observer', 'moving-average'] },
  { name: 'demo per tensor', args: [...demoArgs, '--scheme', 'int8-per-tensor', '--io', 'uint8'] },
  { name: 'demo dynamic', args: [demoArgs[0]!, '--scheme', 'dynamic'] },
  ...realCases,
]

function quantized(node: string, { args }: Case): string {
  const out = join(scratch, 'out.tflite')
  execFileSync(node, [command, 'quantize', ...args, '--out', out], { stdio: ['ignore', 'ignore', 'inherit'] })
  return createHash('sha256').update(readFileSync(out)).digest('hex')
}

if (!hasFixtures && process.env['CI'] !== undefined) throw new Error('the real models are missing')
const other = otherNode()
mkdirSync(scratch, { recursive: true })
const version = execFileSync(other, ['--version'], { encoding: 'utf8' }).trim()
console.log(`comparing ${process.version} with ${version}`)
let failed = 0
for (const each of cases) {
  const [here, there] = [quantized(process.execPath, each), quantized(other, each)]
  if (here !== there) failed++
  console.log(
    `${here === there ? 'ok    ' : 'FAILED'}  ${each.name}: ${here.slice(0, 16)} ${there.slice(0, 16)}`,
  )
}
process.exitCode = failed === 0 ? 0 : 1
