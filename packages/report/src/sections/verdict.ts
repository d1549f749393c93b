import type { Measure, ReportDocument } from '../document.ts'
import { html } from '../page/html.ts'
import type { Html } from '../page/html.ts'
import { bytes, measured, milliseconds } from '../page/numbers.ts'

/** What came of it, before anything else: in a sentence, and in cards of figures before and after. */
export function verdict(document: ReportDocument): Html {
  const { source, result, measures, latency, floatOperators, layers } = document
  const cards = [
    ...measures.map((measure) => measureCard(measure)),
    card(
      'size',
      bytes(result.bytes),
      `${ratio(source.bytes / result.bytes)} smaller, was ${bytes(source.bytes)}`,
    ),
    latency === undefined ? undefined : latencyCard(latency.integer, latency.float),
    card(
      'integer operators',
      `${layers.length - floatOperators.length} of ${layers.length}`,
      stayed(floatOperators.length),
    ),
  ]
  return html`<p class="verdict">${sentence(document)}</p>
    <ul class="cards">
      ${cards}
    </ul>`
}

/** What came of it, in one sentence. */
export function sentence({ source, result, measures, test, floatOperators }: ReportDocument): string {
  const accuracy = measures.find(({ name }) => name === 'top-1')
  const size = `The model is ${ratio(source.bytes / result.bytes)} smaller`
  const kept =
    floatOperators.length === 0
      ? 'runs in integers throughout'
      : `keeps ${operators(floatOperators.length)} float`
  if (accuracy?.float === undefined) return `${size} and ${kept}.`
  const points = (accuracy.integer - accuracy.float) * 100
  const change =
    Math.abs(points) < 0.005
      ? 'as accurate as before'
      : `${Math.abs(points).toFixed(2)} points ${points < 0 ? 'less' : 'more'} accurate`
  return `${size}, ${kept}, and is ${change} on ${test.samples} samples.`
}

const ratio = (factor: number): string => `${factor.toFixed(1)}×`
const speed = (factor: number): string =>
  factor < 1 ? `${ratio(1 / factor)} slower` : `${ratio(factor)} faster`
const operators = (count: number): string => `${count} operator${count === 1 ? '' : 's'}`
const stayed = (count: number): string =>
  count === 0 ? 'nothing stayed float' : `${operators(count)} stayed float`

const card = (name: string, value: string, note: string): Html =>
  html`<li class="card">
    <span class="soft">${name}</span><b>${value}</b><span class="soft">${note}</span>
  </li>`

function measureCard({ name, float, integer, unit }: Measure): Html {
  const before = float === undefined ? 'compared with the float model' : `float: ${measured(float, unit)}`
  return card(name, measured(integer, unit), before)
}

function latencyCard(integer: number, float: number | undefined): Html {
  const note = float === undefined ? 'an inference' : `${speed(float / integer)}, was ${milliseconds(float)}`
  return card('time', milliseconds(integer), note)
}
