import type { Range } from '@quantrx/core'
import { figures } from '@quantrx/report'
import type { LayerFacts, ReportDocument, TensorFacts } from '@quantrx/report'
import { html } from 'lit/html.js'
import type { TemplateResult } from 'lit/html.js'
import { rangeChart } from '../components/range-chart.ts'
import { shownLayers, shownOutcome } from '../state/questions.ts'
import type { ObservedLayer } from '../worker/messages.ts'
import type { View } from './view.ts'

/** Ratios above this are drawn as long as this one: they make no difference. */
const highest = 60

/** The activations along the graph: what was seen of them, the ranges of the integers, the error of each layer. */
export const layersSection: View = (state) => {
  const running = state.run.kind === 'running'
  const facts = running ? undefined : factsByName(shownOutcome(state)?.document)
  const layers = shownLayers(state)
  return html`<section class="layers" aria-labelledby="layers">
    <h2 id="layers">${running ? 'Ranges form' : 'Layer by layer'}</h2>
    <p class="soft">
      How often values were seen, on a logarithmic
      scale${running ? '.' : ', and how near each layer of the integer model is to that of the float model.'}
    </p>
    <div class="heads" aria-hidden="true">
      <span>Layer</span><span>Values</span><span>${running ? 'Seen' : 'Integers stand for'}</span>
      <span>${running ? '' : 'Signal to noise'}</span>
    </div>
    <ol class="rows" tabindex="0" aria-label="Layers">
      ${layers.map((layer) => row(layer, facts))}
    </ol>
  </section>`
}

interface Facts {
  readonly layers: ReadonlyMap<string, LayerFacts>
  readonly tensors: ReadonlyMap<string, TensorFacts>
  readonly lowest: number
}

function factsByName(document: ReportDocument | undefined): Facts | undefined {
  if (document === undefined) return undefined
  return {
    layers: new Map(document.layers.map((layer) => [layer.name, layer])),
    tensors: new Map(document.tensors.map((tensor) => [tensor.name, tensor])),
    lowest: Math.min(...document.layers.map(({ sqnrDb }) => sqnrDb)),
  }
}

function row(layer: ObservedLayer, facts: Facts | undefined): TemplateResult {
  const tensor = facts?.tensors.get(layer.name)
  const chosen = tensor?.ranges[0]
  const error = facts?.layers.get(layer.name)
  return html`<li class="layer">
    <div class="layer-name">
      <b>${layer.name}</b>
      <span class="soft">${layer.kind} · ${layer.shape.join('×')}</span>
    </div>
    ${rangeChart(layer, chosen)}
    <div class="layer-range">
      <span>${rangeText(chosen ?? layer.seen)}</span>
      <span class="soft">${wasteText(tensor, facts)}</span>
    </div>
    <div class="layer-error">
      ${error === undefined ? '' : errorBar(error, error.sqnrDb === facts?.lowest)}
    </div>
  </li>`
}

const rangeText = ({ min, max }: Range): string => `${short(min)} to ${short(max)}`

const short = (value: number): string => String(Number(value.toPrecision(3))).replace('-', '−')

function wasteText(tensor: TensorFacts | undefined, facts: Facts | undefined): string {
  if (tensor === undefined) return facts === undefined ? '' : 'stays float'
  const { saturated, unused } = tensor
  return `${shareText(saturated)} cut off, ${shareText(unused)} unused`
}

const shareText = (share: number): string => (share < 0.00005 ? 'nothing' : figures.percent(share))

function errorBar({ sqnrDb }: LayerFacts, lowest: boolean): TemplateResult {
  const share = Math.max(0, Math.min(highest, sqnrDb)) / highest
  return html`<svg
      class="error ${lowest ? 'lowest' : ''}"
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect class="track" width="100" height="6" />
      <rect class="value" width=${share * 100} height="6" />
    </svg>
    <span>${figures.decibels(sqnrDb)}${lowest ? html` <span class="flag">lowest</span>` : ''}</span>`
}
