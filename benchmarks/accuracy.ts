/**
 * Quantizes the float models of the fixtures with every method, runs them with the integer kernels and prints a table, the
 * publishers' integer files included. Exits 1 when the default misses a bar; the others are told only.
 *
 * npm run accuracy -- [--models resnet8,kws] [--methods default,min-max] [--slice 100]
 */
import { parseArgs } from 'node:util'
import type { Opener } from '@quantrx/core'
import { openDataFile } from '@quantrx/data/node'
import { agreement, clippedSqnr, evaluateModel, top1, top1Drop } from '@quantrx/evaluators'
import { fixturePath, readFixture } from '@quantrx/testing'
import { readModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { methods } from './accuracy/methods.ts'
import { subjects } from './accuracy/subjects.ts'
import type { Bar, MethodName, Subject } from './accuracy/subjects.ts'

const { values } = parseArgs({
  options: { models: { type: 'string' }, methods: { type: 'string' }, slice: { type: 'string' } },
})
const chosen = (name: string, list: string | undefined): boolean => list?.split(',').includes(name) ?? true
const data = (name: string): string => fixturePath('data', name)
const modelOf = (file: string): Model => readModel(readFixture('data/models', `${file}.tflite`))

/** Judges a model on the test samples, on the first `--slice` of them where that is given. */
async function judge(subject: Subject, model: Model, reference: Model) {
  const { file, labels, options } = subject.test
  const { start = 0, end } = options.rows ?? {}
  const rows =
    values.slice === undefined ? { start, ...(end && { end }) } : { start, end: start + Number(values.slice) }
  const open = await openDataFile(data(file), { ...options, labels: data(labels), rows })
  const metrics = [top1(), agreement(), clippedSqnr(), top1Drop()] as const
  return (await evaluateModel({ model, reference, open, metrics })).metrics
}

type Results = Awaited<ReturnType<typeof judge>>

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`

function isMet(bar: Bar, { agreement: agreed, clippedSqnr: decibels, top1Drop: { drop } }: Results): boolean {
  return agreed >= bar.agreement && decibels >= bar.decibels && 100 * drop <= (bar.drop ?? Infinity)
}

function row(
  subject: Subject,
  method: string,
  results: Results,
  bar: Bar | undefined,
  seconds?: number,
): string {
  const { drop, pValue } = results.top1Drop
  const lost = `${(100 * drop).toFixed(2)} (p = ${pValue.toPrecision(2)})`
  const wanted = bar && [
    `${percent(bar.agreement)}, ${bar.decibels} dB`,
    ...(bar.drop === undefined ? [] : [`drop ${bar.drop}`]),
  ]
  const verdict = bar === undefined ? '' : isMet(bar, results) ? 'met' : 'NOT MET'
  return [
    ...[subject.name, method, percent(results.top1), lost, percent(results.agreement)],
    ...[`${results.clippedSqnr.toFixed(2)} dB`, wanted?.join(', ') ?? '', verdict, seconds?.toFixed(1) ?? ''],
  ].join(' | ')
}

async function measure(subject: Subject): Promise<void> {
  const float = modelOf(subject.file)
  const { file, options } = subject.calibration
  const open: Opener = await openDataFile(data(file), options)
  if (subject.publisher !== undefined) {
    console.log(
      row(subject, "publisher's", await judge(subject, modelOf(subject.publisher), float), undefined),
    )
  }
  for (const [name, method] of Object.entries(methods)) {
    const bar = subject.bars[name as MethodName]
    const wanted = name === 'min-max' || bar !== undefined
    if (!wanted || !chosen(name, values.methods)) continue
    const started = performance.now()
    const model = await method(float, open)
    const seconds = (performance.now() - started) / 1000
    const results = await judge(subject, model, float)
    console.log(row(subject, name, results, bar, seconds))
    // Of a slice, figures are too uncertain to be held to bars.
    const counts = name === 'default' && values.slice === undefined
    if (counts && bar !== undefined && !isMet(bar, results)) process.exitCode = 1
  }
}

console.log(
  'model | method | top-1 | drop in points | agreement | SQNR within range | bar | verdict | seconds',
)
console.log('---|---|---|---|---|---|---|---|---')
for (const subject of subjects) if (chosen(subject.name, values.models)) await measure(subject)
