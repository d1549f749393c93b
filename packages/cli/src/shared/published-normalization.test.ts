import type { Sample } from '@quantrx/core'
import { fromSamples } from '@quantrx/data'
import type { Model } from '@quantrx/tflite'
import { describeWithFixtures, readFixture } from '@quantrx/testing'
import { readModel } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { normalizedAsPublished } from './published-normalization.ts'

const pixels: Sample = {
  index: 0,
  label: 3,
  inputs: [{ type: 'uint8', shape: [1, 1, 3], data: Uint8Array.of(0, 255, 51) }],
}
const floats: Sample = { index: 1, inputs: [{ type: 'float32', shape: [3], data: Float32Array.of(1, 2, 3) }] }

async function read(model: Model): Promise<{ samples: readonly Sample[]; told: string }> {
  let told = ''
  const environment = { stderr: (text: string) => void (told += text) }
  const open = normalizedAsPublished(fromSamples([pixels, floats, pixels]), model, environment)
  const samples: Sample[] = []
  for await (const sample of open(new AbortController().signal)) samples.push(sample)
  return { samples, told }
}

describeWithFixtures('normalization from metadata', () => {
  const file = readModel(readFixture('data/models/mobilenet_v1_0.25_224_uint8_qat_official.tflite'))
  const input = file.subgraphs![0]!.inputs![0]!
  /** The same file, as if its input were of another type. */
  const withInput = (type: 'FLOAT32' | 'UINT8'): Model => ({
    ...file,
    subgraphs: [
      {
        ...file.subgraphs![0]!,
        tensors: file.subgraphs![0]!.tensors!.map((each, at) => (at === input ? { ...each, type } : each)),
      },
    ],
  })

  it('holds for pixels, and is told once', async () => {
    const { samples, told } = await read(withInput('FLOAT32'))
    expect(samples[0]).toMatchObject({ index: 0, label: 3 })
    expect(Array.from(samples[0]!.inputs[0]!.data as Float32Array)).toEqual([-1, 1, Math.fround(-0.6)])
    expect(samples[1]).toEqual(floats)
    expect(told.match(/normalized by 127\.5,127\.5/g)).toHaveLength(1)
  })

  it('does not hold for inputs that take bytes, nor without metadata', async () => {
    expect((await read(withInput('UINT8'))).samples).toEqual([pixels, floats, pixels])
    const { metadata: _, ...silent } = withInput('FLOAT32')
    expect(await read(silent as Model)).toEqual({ samples: [pixels, floats, pixels], told: '' })
  })
})
