import { compile, realValues } from '@quantrx/runtime'
import { int8, quantizeModel, recipe } from '@quantrx/schemes'
import { lastValueFrom, of, take, toArray } from 'rxjs'
import { expect, it } from 'vitest'
import {
  exampleCalibration,
  exampleNetwork,
  exampleSamples,
  opens,
} from '../graph/example-network.conformance.ts'
import { measureSensitivity, rankSensitivities } from './measure-sensitivity.ts'
import type { OperatorSensitivity } from './measure-sensitivity.ts'
import { sensitivity } from './sensitivity.ts'

const model = exampleNetwork()
const samples = exampleSamples(16)
const calibration = await exampleCalibration(model, samples)

async function all(): Promise<readonly OperatorSensitivity[]> {
  const found: OperatorSensitivity[] = []
  for await (const each of measureSensitivity(model, calibration, int8(), opens(samples))) found.push(each)
  return found
}

it('measures every operator in front of the softmax as a whole model with that operator alone in integers does', async () => {
  const found = await all()
  expect(found.map(({ name }) => name)).toEqual(['first', 'second', 'third', 'pooled', 'scores'])
  const float = await compile(model)
  // Without pooling in integers in front of it, the last layer's input has a range of its own.
  for (const { name, noise } of found.slice(0, 4)) {
    const alone = recipe({ rules: [{ tensors: `^${name}$`, scheme: 'int8' }] })
    const program = await compile(quantizeModel(model, calibration, alone).model)
    let [signal, error] = [0, 0]
    for (const { inputs } of samples) {
      const scores = [float, program].map((each) => {
        let values = new Float32Array()
        each.run(inputs, (tensor) => {
          if (tensor.name.startsWith('scores') && tensor.type === 'float32')
            values = realValues(tensor).slice()
        })
        return values
      })
      scores[0]!.forEach((value, at) => {
        signal += value * value
        error += (scores[1]![at]! - value) ** 2
      })
    }
    expect(noise).toBeCloseTo(error / signal, 12)
    expect(noise).toBeGreaterThan(0)
  }
})

it('ranks the most sensitive operator first', async () => {
  const ranked = rankSensitivities(await all())
  expect(ranked).toHaveLength(5)
  ranked.slice(1).forEach(({ noise }, at) => expect(noise).toBeLessThanOrEqual(ranked[at]!.noise))
})

it('is a stream that can be left early', async () => {
  const found = await lastValueFrom(
    of(calibration).pipe(sensitivity(model, int8(), opens(samples)), take(2), toArray()),
  )
  expect(found).toEqual((await all()).slice(0, 2))
})
