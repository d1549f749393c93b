import { integerOptions } from '../contestants/quantrx.ts'
import { drawTable, drawValue } from '../measuring/draw.ts'
import { judgedPeaks, layerBar } from './layer-claims.ts'
import type { Layer, Layers, ModelLayers } from './layers.ts'

/** Peaks, then a table for each model file. */
export function drawLayers(layers: Layers): string {
  const { peaks, innerLoop, models } = layers
  const peakRows = Object.entries(peaks).map(([name, gops]) => [name, gops.toFixed(1)])
  return [
    drawTable(['loop, operands in registers', 'GOPS'], peakRows),
    '',
    innerLoop === 'usdot'
      ? 'The probe accepts usdot: it is exact here.'
      : `The probe refuses usdot: it is missing or not exact here, and ${innerLoop} runs.`,
    ...models.flatMap((model) => ['', drawModel(model, layers)]),
  ].join('\n')
}

const arithmetics = Object.keys(integerOptions) as readonly (keyof typeof integerOptions)[]

function drawModel({ network, variant, layers }: ModelLayers, all: Layers): string {
  const peaks = judgedPeaks(all)
  const headings = arithmetics.flatMap((arithmetic) => [
    `${arithmetic} µs`,
    'GOPS',
    ...peaks.map(([name]) => `of ${name}`),
    'bar',
  ])
  const rows = layers.map((layer) => [
    `${layer.index} ${layer.kind}`,
    layer.output.join('x'),
    layer.work && String(layer.work.terms),
    ...arithmetics.flatMap((arithmetic) => drawSpeed(layer, arithmetic, peaks)),
  ])
  return drawTable([`${network} ${variant}`, 'output', 'terms', ...headings], rows)
}

function drawSpeed(
  { work, speeds }: Layer,
  arithmetic: (typeof arithmetics)[number],
  peaks: ReturnType<typeof judgedPeaks>,
): readonly (string | undefined)[] {
  const speed = speeds[arithmetic]
  const bar = work && layerBar(work, arithmetic)
  const speedOf = speed?.gops
  return [
    speed?.microseconds.toFixed(1),
    speedOf?.toFixed(1),
    ...peaks.map(([, peak]) => (speedOf === undefined ? undefined : drawValue(speedOf / peak, 'share'))),
    bar && drawValue(bar.value, 'share'),
  ]
}
