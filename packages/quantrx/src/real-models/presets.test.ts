import {
  balanceFor,
  channelRanges,
  correctBiases,
  equalizeCalibration,
  equalizeModel,
  gptqCandidate,
  presets,
} from '@quantrx/algorithms'
import type { Preset } from '@quantrx/algorithms'
import type { Opener, Sample } from '@quantrx/core'
import { fromSamples, samples } from '@quantrx/data'
import { minMax, mse, observe } from '@quantrx/observers'
import { infer } from '@quantrx/runtime'
import { quantizeModel, recipe, schemes } from '@quantrx/schemes'
import type { Candidate, Scheme } from '@quantrx/schemes'
import { describeWithFixtures, openLiteRt } from '@quantrx/testing'
import { writeModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { lastValueFrom } from 'rxjs'
import { expect, it } from 'vitest'
import { differences, exposeAll, firstSamples, readReal, realModels } from './real-models.ts'

const schemesByName = new Map(
  Object.values<unknown>(schemes).map((make) => {
    const scheme = (make as () => Scheme)()
    return [scheme.name, scheme] as const
  }),
)
const observers = { minmax: minMax, mse }

/** A model made as a preset says. */
async function made(
  float: Model,
  { scheme: named, observer, algorithms }: Preset,
  open: Opener,
): Promise<Candidate> {
  const scheme = typeof named === 'string' ? schemesByName.get(named)! : recipe(named)
  const range = observers[observer as keyof typeof observers]()
  const ranges = await lastValueFrom(samples(open).pipe(infer(float), observe({ range })))
  const channels = await lastValueFrom(
    samples(open).pipe(infer(float), observe({ channels: channelRanges() })),
  )
  const even = equalizeModel(float, channels, { balance: balanceFor(scheme) })
  const plain = algorithms.includes('equalize')
    ? quantizeModel(even.model, equalizeCalibration(ranges, channels, even), scheme)
    : quantizeModel(float, ranges, scheme)
  const rounded = algorithms.includes('gptq') ? await gptqCandidate(plain, open) : plain
  return algorithms.includes('bias-correction') ? correctBiases(rounded, open) : rounded
}

describeWithFixtures(
  'models of every preset run in LiteRT and give the same bits (xnnpack arithmetic)',
  () => {
    const small = realModels.filter(({ name }) => name === 'resnet8' || name === 'kws')
    const cases = small.flatMap((real) =>
      Object.entries<Preset>(presets).map(([name, preset]) => ({ real, name, preset })),
    )

    it.each(cases)('$real.name, $name', async ({ real, preset }) => {
      const inputs: readonly Sample[] = await firstSamples(real, 4)
      const { model } = await made(readReal(real), preset, fromSamples(inputs))
      const exposed = await exposeAll(model)
      const oracle = await openLiteRt(writeModel(exposed.model))
      const found = await differences(exposed, oracle, inputs, { arithmetic: 'xnnpack' })
      oracle.close()
      // Up to the first SOFTMAX every tensor has the same bits; that table is LiteRT's own, and what follows is made of it.
      const first = found[0]
      expect(found.filter(({ kind }) => kind !== 'SOFTMAX' && kind !== 'DEQUANTIZE')).toEqual([])
      if (first !== undefined) expect(first.kind).toBe('SOFTMAX')
      expect(found.filter(({ kind, largest }) => kind === 'SOFTMAX' && largest > 1)).toEqual([])
    })
  },
)
