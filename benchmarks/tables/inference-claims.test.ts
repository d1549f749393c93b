import { expect, it } from 'vitest'
import { timing } from '../measuring/rounds.ts'
import { inferenceClaims } from './inference-claims.ts'
import type { Inference } from './inference.ts'

const took = (milliseconds: number) => timing([[milliseconds], [milliseconds]])
const integers = {
  'LiteRT.js': took(3.2),
  'TFLite 2.9 native': took(2),
  xnnpack: took(2),
  tflite: took(4),
}
const files = {
  published: integers,
  ours: integers,
  float: { 'LiteRT.js': took(6), exact: took(6), fused: took(5) },
}

const measured = (network: 'resnet8' | 'mobilenet', liteRtBuild: string): Inference => ({
  ...{ liteRtBuild, innerLoop: 'usdot', refusals: [], onReference: [] },
  networks: [{ network, files }],
})

const lines = (inference: Inference, about: string) =>
  inferenceClaims(inference)
    .filter(({ what }) => what.includes(about))
    .map(({ what, value, bar, verdict }) => [what, value, bar?.value, verdict])

it('says how many times as long the others take, beside the bars', () => {
  expect(lines(measured('resnet8', 'internal'), 'resnet8 ours')).toEqual([
    ['resnet8 ours, xnnpack, against LiteRT.js integer', 1.6, 1.6, 'met'],
    ['resnet8 ours, tflite, against LiteRT.js integer', 0.8, 1.25, 'not met'],
    ['resnet8 ours, xnnpack, against LiteRT.js integer', 1.6, 2, 'not met'],
    ['resnet8 ours, xnnpack, against TFLite 2.9 native integer', 1, 1, 'met'],
    ['resnet8 ours, xnnpack, against LiteRT.js float', 3, 3.5, 'not met'],
    ['resnet8 ours, xnnpack, against our float', 2.5, undefined, undefined],
  ])
  expect(lines(measured('resnet8', 'internal'), 'resnet8 float')).toEqual([
    ['resnet8 float, exact, against LiteRT.js float', 1, undefined, undefined],
    ['resnet8 float, fused, against LiteRT.js float', 1.2, 1.1, 'met'],
  ])
})

it('has no bars for the unsigned file of mobilenet', () => {
  const published = lines(measured('mobilenet', 'internal'), 'mobilenet published')
  expect(published.length).toBeGreaterThan(0)
  expect(published.filter(([, , bar]) => bar !== undefined)).toEqual([])
})

it('has one bar against the build without relaxed SIMD', () => {
  const bars = lines(measured('mobilenet', 'compat'), '').filter(([, , bar]) => bar !== undefined)
  expect(bars).toEqual([['mobilenet ours, xnnpack, against LiteRT.js integer', 1.6, 1.15, 'met']])
})

it('leaves out who could not take part', () => {
  const { 'LiteRT.js': _refused, ...others } = integers
  const without = {
    ...measured('resnet8', 'internal'),
    networks: [{ network: 'resnet8' as const, files: { ...files, ours: others } }],
  }
  expect(lines(without, 'resnet8 ours').map(([what]) => what)).toEqual([
    'resnet8 ours, xnnpack, against TFLite 2.9 native integer',
    'resnet8 ours, xnnpack, against LiteRT.js float',
    'resnet8 ours, xnnpack, against our float',
  ])
})
