import { expect, it } from 'vitest'
import { judgedPeaks, layerBar, layerClaims } from './layer-claims.ts'
import type { Layer, Layers } from './layers.ts'

function layer(index: number, kind: string, terms: number, gops: number, positions = 64): Layer {
  const filter = kind === 'DEPTHWISE_CONV_2D' ? ([3, 3] as const) : ([1, 1] as const)
  const speed = { kernel: 'usdot', microseconds: 1, gops }
  return {
    ...{ index, kind, output: [1], work: { kind, filter, positions, terms, products: 1 } },
    speeds: { xnnpack: speed, tflite: speed },
  }
}

const measured: Layers = {
  peaks: { usdot: 200, i16: 100 },
  innerLoop: 'usdot',
  models: [
    {
      ...{ network: 'resnet8', variant: 'ours' },
      layers: [
        layer(0, 'CONV_2D', 27, 100),
        layer(1, 'CONV_2D', 144, 190),
        layer(2, 'CONV_2D', 288, 180),
        layer(3, 'CONV_2D', 256, 20, 1),
        layer(4, 'DEPTHWISE_CONV_2D', 9, 30),
        layer(5, 'CONV_2D', 64, 1),
      ],
    },
  ],
}

it('holds the slowest operator of each class against the peak', () => {
  const claims = layerClaims(measured).filter(({ what }) => what.includes('xnnpack'))
  expect(claims.map(({ what, value, verdict }) => [what.split(': ')[1], value, verdict])).toEqual([
    ['convolutions of 128 and more terms, slowest of 3 (3), of the usdot peak', 0.1, 'not met'],
    ['the same at more than one position, slowest of 2 (2), of the usdot peak', 0.9, 'met'],
    ['convolutions of 24 to 32 terms, slowest of 1 (0), of the usdot peak', 0.5, 'not met'],
    ['depthwise convolutions, 3 by 3, slowest of 1 (4), of the usdot peak', 0.15, 'not met'],
  ])
})

it('asks less of the integer arithmetic where there are few terms', () => {
  const work = layer(0, 'CONV_2D', 32, 1).work!
  expect(layerBar(work, 'xnnpack')?.value).toBe(0.65)
  expect(layerBar(work, 'tflite')?.value).toBe(0.38)
  expect(layerBar({ ...work, terms: 64 }, 'tflite')).toBe(undefined)
})

it('goes by the loop that ran, and shows the relaxed one too, where the probe refuses that', () => {
  expect(judgedPeaks(measured)).toEqual([['usdot', 200]])
  const refused: Layers = { ...measured, innerLoop: 'i16' }
  expect(judgedPeaks(refused)).toEqual([
    ['usdot', 200],
    ['i16', 100],
  ])
  expect(layerClaims(refused)[0]?.what).toContain('of the i16 peak')
  expect(judgedPeaks({ ...refused, peaks: { i16: 100 } })).toEqual([['i16', 100]])
})

it('has no bars for the unsigned file of mobilenet', () => {
  const [{ layers }] = measured.models as [Layers['models'][number]]
  const unsigned: Layers = {
    ...measured,
    models: [{ network: 'mobilenet', variant: 'published', layers }],
  }
  expect(layerClaims(unsigned).map(({ verdict }) => verdict)).toEqual(
    layerClaims(measured).map(() => undefined),
  )
})
