/**
 * Quantizes and evaluates the float models of the fixtures with their calibration sets, by the command line with its default
 * settings, and prints a table. Needs `npm run build`. Exits 1 when a model misses the bar that plain min-max should reach.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fixturePath } from '@quantrx/testing'

const command = fileURLToPath(new URL('../packages/quantrx/bin/quantrx.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'quantrx-'))
const data = (...segments: readonly string[]): string => fixturePath('data', ...segments)

interface Evaluation {
  readonly data: string
  readonly options: readonly string[]
  /** Least top-1 accuracy. */
  readonly bar: number
}

interface Case {
  readonly model: string
  readonly calibration: string
  readonly options: readonly string[]
  /** Most bytes of the integer file. */
  readonly size: number
  readonly evaluations: readonly Evaluation[]
}

const evaluation = (name: string, bar: number, ...options: readonly string[]): Evaluation => {
  return { data: data(`${name}_x.npy`), options: ['--labels', data(`${name}_labels.csv`), ...options], bar }
}
const pixels = ['--normalize', '127.5,127.5']
const unit = ['--normalize', '0,255']

const cases: readonly Case[] = [
  {
    model: 'resnet8_cifar10_float',
    calibration: data('cifar10/calib_train_500_x.npy'),
    options: [],
    size: 98_496,
    evaluations: [evaluation('cifar10/test_ic01_200', 0.85), evaluation('cifar10/eval_train_1000', 0.917)],
  },
  {
    model: 'kws_dscnn_float_restored',
    calibration: data('kws/inputs_float_1000.npy'),
    options: ['--rows', '0:200'],
    size: Infinity,
    evaluations: [
      {
        data: data('kws/inputs_float_1000.npy'),
        options: ['--labels', data('kws/labels.csv'), '--rows', '200:1000'],
        bar: 0.89,
      },
    ],
  },
  {
    model: 'mobilenet_v1_0.25_224_float',
    calibration: data('imagenet/calib_100_x.npy'),
    options: pixels,
    size: 0.3 * 1_882_904,
    evaluations: [evaluation('imagenet/eval_300', 0.49, ...pixels)],
  },
  {
    model: 'mnist_conv_fc_float',
    calibration: data('mnist/calib_train_200_x.npy'),
    options: unit,
    size: Infinity,
    evaluations: [evaluation('mnist/test_1000', 0.955, ...unit)],
  },
]

function quantrx<Result>(...args: readonly string[]): Result {
  return JSON.parse(
    execFileSync(process.execPath, [command, ...args, '--json'], { encoding: 'utf8' }),
  ) as Result
}

interface Quantized {
  readonly bytes: { readonly before: number; readonly after: number }
  readonly floatOperators: readonly unknown[]
}
interface Evaluated {
  readonly top1: number
  readonly floatTop1: number
  readonly agreement: number
  readonly outputSqnrDb: number
}

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`

function measure({ model, calibration, options, size, evaluations }: Case): readonly string[] {
  const float = data('models', `${model}.tflite`)
  const out = join(folder, `${model}.int8.tflite`)
  const { bytes, floatOperators } = quantrx<Quantized>(
    'quantize',
    float,
    '--data',
    calibration,
    ...options,
    '--out',
    out,
  )
  const sound = bytes.after <= size && floatOperators.length === 0
  return evaluations.map(({ data: samples, options: how, bar }) => {
    const result = quantrx<Evaluated>('evaluate', out, '--data', samples, ...how, '--against', float)
    if (result.top1 < bar || !sound) process.exitCode = 1
    const accuracy = [
      percent(result.floatTop1),
      percent(result.top1),
      percent(bar),
      percent(result.agreement),
    ]
    const ratio = (bytes.after / bytes.before).toFixed(3)
    const name = samples.split('/').at(-1) ?? ''
    return [
      model,
      name,
      ...accuracy,
      `${result.outputSqnrDb.toFixed(1)} dB`,
      bytes.after,
      ratio,
      floatOperators.length,
    ].join(' | ')
  })
}

console.log('model | samples | float | int8 | bar | agreement | SQNR | bytes | of float | float operators')
console.log('---|---|---|---|---|---|---|---|---|---')
try {
  for (const each of cases) for (const row of measure(each)) console.log(row)
} finally {
  rmSync(folder, { recursive: true })
}
