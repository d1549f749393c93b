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
import { methodNames, quantizeBy } from './accuracy/methods.ts'
import { runStored } from './accuracy/stored-inputs.ts'
import { subjects } from './accuracy/subjects.ts'
import type { Bar, Subject } from './accuracy/subjects.ts'

const { values } = parseArgs({
  options: { models: { type: 'string' }, methods: { type: 'string' }, slice: { type: 'string' } },
})
const chosen = (name: string, list: string | undefined): boolean => list?.split(',').includes(name) ?? true
const data = (name: string): string => fixturePath('data', name)
const modelOf = (file: string): Model => readModel(readFixture('data/models', `${file}.tflite`))

/** The test samples, the first `--slice` of them where that is given; as models store them without a normalization. */
function openTest({ test }: Subject, stored = false): Promise<Opener> {
  const { normalize: _normalize, ...unchanged } = test.options
  const options = stored ? unchanged : test.options
  const { start = 0, end } = options.rows ?? {}
  const rows =
    values.slice === undefined ? { start, ...(end && { end }) } : { start, end: start + Number(values.slice) }
  return openDataFile(data(test.file), { ...options, labels: data(test.labels), rows })
}

/** Judges a model on the test samples. */
async function judge(subject: Subject, model: Model, reference: Model, stored = false) {
  const open = await openTest(subject)
  const runSamples = stored ? await runStored(model, reference, await openTest(subject, true)) : undefined
  const metrics = [top1(), agreement(), clippedSqnr(), top1Drop()] as const
  const plan = { model, reference, open, metrics, ...(runSamples && { runSamples }) }
  return (await evaluateModel(plan)).metrics
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
    const { file: published, stored = false } = subject.publisher
    const results = await judge(subject, modelOf(published), float, stored)
    console.log(row(subject, "publisher's", results, undefined))
  }
  for (const name of methodNames) {
    const bar = subject.bars[name]
    const wanted = name === 'min-max' || bar !== undefined
    if (!wanted || !chosen(name, values.methods)) continue
    const started = performance.now()
    const notes: string[] = []
    const model = await quantizeBy(name, float, open, (text) => notes.push(text))
    const seconds = (performance.now() - started) / 1000
    const results = await judge(subject, model, float)
    console.log(row(subject, name, results, bar, seconds))
    notes.forEach((note) => console.error(`  ${subject.name}, ${name}: ${note}`))
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
