import { describeWithFixtures, readFixture } from '@quantrx/testing'
import { describe, expect, it } from 'vitest'
import { readModel } from '../codec/read.ts'
import type { Model } from '../types.ts'
import { exampleMetadata } from './example-metadata.conformance.ts'
import { inputMetadata } from './input-metadata.ts'

const example = exampleMetadata({ mean: [1, 2, 3], std: [4, 5, 6], colorSpace: 2 })
const modelWith = (data: Uint8Array): Model =>
  ({ buffers: [{}, { data }], metadata: [{ name: 'TFLITE_METADATA', buffer: 1 }] }) as unknown as Model

describe('inputMetadata', () => {
  it('reads normalization and color space of every input', () => {
    expect(inputMetadata(modelWith(example))).toEqual([
      { normalization: { mean: [1, 2, 3], std: [4, 5, 6] }, colorSpace: 'grayscale' },
    ])
  })

  it('leaves out what makes no sense or is not said', () => {
    const silent = exampleMetadata({ mean: [0], std: [0], colorSpace: 0 })
    expect(inputMetadata(modelWith(silent))).toEqual([{}])
    expect(inputMetadata({ ...modelWith(example), metadata: [] })).toEqual([])
  })

  it('is silent on metadata that is damaged, whichever byte it is', () => {
    for (let at = 0; at < example.length; at++) {
      for (const value of [0, 0x7f, 0xff]) {
        const damaged = example.slice()
        damaged[at] = value
        expect(inputMetadata(modelWith(damaged)).length).toBeLessThan(example.length)
      }
      expect(inputMetadata(modelWith(example.slice(0, at)))).toBeInstanceOf(Array)
    }
  })
})

describeWithFixtures('real metadata', () => {
  it('says how MobileNet wants its images', () => {
    const file = readFixture('data/models/mobilenet_v1_0.25_224_uint8_qat_official.tflite')
    expect(inputMetadata(readModel(file))).toEqual([
      { normalization: { mean: [127.5], std: [127.5] }, colorSpace: 'rgb' },
    ])
  })
})
