import type { integerOptions } from '../contestants/quantrx.ts'
import { atLeast, claim } from '../measuring/claim.ts'
import type { Bar, Claim } from '../measuring/claim.ts'
import type { PeakName } from '../measuring/peaks.ts'
import type { LayerWork } from '../models/layer-work.ts'
import { isJudged } from '../models/networks.ts'
import type { Layer, Layers, ModelLayers } from './layers.ts'

/** Operators, of which each should reach the same share of the peak. */
interface LayerClass {
  readonly name: string
  has(work: LayerWork): boolean
  readonly bars: Readonly<Record<keyof typeof integerOptions, Bar>>
}

const both = (bar: Bar): LayerClass['bars'] => ({ xnnpack: bar, tflite: bar })

const classes: readonly LayerClass[] = [
  {
    name: 'convolutions of 128 and more terms',
    has: ({ kind, terms }) => kind === 'CONV_2D' && terms >= 128,
    bars: both(atLeast(0.85)),
  },
  {
    // One position is a product of a matrix and a vector, where every weight is used once: memory is the limit.
    name: 'the same at more than one position',
    has: ({ kind, terms, positions }) => kind === 'CONV_2D' && terms >= 128 && positions > 1,
    bars: both(atLeast(0.85)),
  },
  {
    name: 'convolutions of 24 to 32 terms',
    has: ({ kind, terms }) => kind === 'CONV_2D' && terms >= 24 && terms <= 32,
    bars: { xnnpack: atLeast(0.65), tflite: atLeast(0.38) },
  },
  {
    name: 'depthwise convolutions, 3 by 3',
    has: ({ kind, filter: [height, width] }) => kind === 'DEPTHWISE_CONV_2D' && height === 3 && width === 3,
    bars: both(atLeast(0.2)),
  },
]

/** The bar of an operator, as a share of the peak. */
export function layerBar(work: LayerWork, arithmetic: keyof typeof integerOptions): Bar | undefined {
  return classes.find((each) => each.has(work))?.bars[arithmetic]
}

/**
 * The peaks that integers are held against: that of the relaxed dot product, and that of the loop that ran where the probe refuses
 * it, which the claims then go by.
 */
export function judgedPeaks({ peaks, innerLoop }: Layers): readonly (readonly [PeakName, number])[] {
  const names = (['usdot', 'i16'] as const).filter((name) => name === 'usdot' || innerLoop !== 'usdot')
  return names.flatMap((name) => {
    const peak = peaks[name]
    return peak === undefined ? [] : [[name, peak] as const]
  })
}

/** The least share of the peak that an operator of each class reaches, by model file and arithmetic. */
export function layerClaims(layers: Layers): readonly Claim[] {
  const [peakName, peak] = judgedPeaks(layers).at(-1) ?? []
  if (peakName === undefined || peak === undefined) return []
  return layers.models.flatMap((model) => {
    const judged = isJudged(model.network, model.variant)
    return classes.flatMap((each) =>
      (['xnnpack', 'tflite'] as const).flatMap((arithmetic) => {
        const found = slowest(model, each, arithmetic)
        if (found === undefined) return []
        const { count, layer, gops } = found
        const name = `${model.network} ${model.variant}, ${arithmetic}`
        const what = `${name}: ${each.name}, slowest of ${count} (${layer.index}), of the ${peakName} peak`
        return [claim(what, gops / peak, judged ? each.bars[arithmetic] : undefined, 'share')]
      }),
    )
  })
}

function slowest(
  { layers }: ModelLayers,
  { has }: LayerClass,
  arithmetic: string,
): { readonly count: number; readonly layer: Layer; readonly gops: number } | undefined {
  const found = layers.flatMap((layer) => {
    const gops = layer.speeds[arithmetic]?.gops
    return layer.work !== undefined && has(layer.work) && gops !== undefined ? [{ layer, gops }] : []
  })
  const [first] = [...found].sort((a, b) => a.gops - b.gops)
  return first && { ...first, count: found.length }
}
