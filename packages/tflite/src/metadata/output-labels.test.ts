import { zipSync } from 'fflate'
import { describeWithFixtures, readFixture } from '@quantrx/testing'
import { describe, expect, it } from 'vitest'
import { readModel } from '../codec/read.ts'
import type { Model } from '../types.ts'
import { exampleMetadata } from './example-metadata.conformance.ts'
import type { ExampleMetadata } from './example-metadata.conformance.ts'
import { outputLabels } from './output-labels.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const trailing = zipSync({
  'labels.txt': bytes(' cat\r\n\ndog \n\n'),
  'labels_de.txt': bytes('Katze\n\nHund'),
  'words.txt': bytes('a\nb'),
})

const modelWith = (outputFiles: ExampleMetadata['outputFiles'] = [], archive = trailing): Model =>
  ({
    buffers: [{}, { data: exampleMetadata({ mean: [0], std: [1], colorSpace: 1, outputFiles }) }],
    metadata: [{ name: 'TFLITE_METADATA', buffer: 1 }],
    trailing: archive,
  }) as unknown as Model

const english = { name: 'labels.txt', type: 2 }
const german = { name: 'labels_de.txt', type: 2, locale: 'de' }
const vocabulary = { name: 'words.txt', type: 5 }

describe('outputLabels', () => {
  it.each([
    ['lines in their order, trimmed', [english], ['cat', '', 'dog']],
    ['the file of labels among others', [vocabulary, english], ['cat', '', 'dog']],
    ['the first of several languages', [german, english], ['Katze', '', 'Hund']],
    ['nothing of other files', [vocabulary], []],
    ['nothing where the file is not there', [{ name: 'none.txt', type: 2 }], []],
    ['nothing without files', [], []],
  ])('are %s', async (_, files, expected) => {
    expect(await outputLabels(modelWith(files))).toEqual([expected])
  })

  it('are none without metadata or archive', async () => {
    expect(await outputLabels({ ...modelWith([english]), metadata: [] })).toEqual([])
    expect(await outputLabels(modelWith([english], Uint8Array.of(1, 2)))).toEqual([[]])
  })

  it('are lists of some kind with metadata that is damaged, whichever byte it is', async () => {
    const model = modelWith([english])
    const metadata = model.buffers![1]!.data as Uint8Array
    for (let at = 0; at < metadata.length; at++) {
      const damaged = metadata.slice()
      damaged[at]! ^= 0xff
      const labels = await outputLabels({ ...model, buffers: [{}, { data: damaged }] } as unknown as Model)
      expect(labels.length).toBeLessThan(metadata.length)
    }
  })
})

describeWithFixtures('real labels', () => {
  it('are those of ImageNet, behind MobileNet', async () => {
    const file = readFixture('data/models/mobilenet_v1_0.25_224_uint8_qat_official.tflite')
    const [labels = [], ...others] = await outputLabels(readModel(file))
    expect([labels.length, labels.slice(0, 2), others]).toEqual([1001, ['background', 'tench'], []])
  })
})
