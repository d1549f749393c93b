import { ModelFormatError } from '@quantrx/core'
import { encode } from 'flatbuffers/js/flexbuffers.js'
import { expect, it } from 'vitest'
import { readFlexBuffer } from './read-flexbuffer.ts'

const options = {
  ...{ max_detections: 10, nms_iou_threshold: 0.5, use_regular_nms: true, nothing: null, name: 'détecteur' },
  ...{ far: -70000, list: [1, 'two', [3.25, false]], inner: { y_scale: 10 } },
}

it('reads what the encoder of FlatBuffers writes', () => {
  expect(readFlexBuffer(encode(options))).toEqual(options)
  expect(readFlexBuffer(encode(7))).toBe(7)
  expect(readFlexBuffer(encode([2n ** 60n]))).toEqual([2n ** 60n])
})

it('throws nothing but typed errors on hostile bytes', () => {
  const bytes = encode(options)
  for (let at = 0; at < bytes.length; at++) {
    for (const value of [0, 0x28, 0x7f, 0xff]) {
      const hostile = bytes.slice()
      hostile[at] = value
      try {
        readFlexBuffer(hostile)
      } catch (error) {
        expect(error).toBeInstanceOf(ModelFormatError)
      }
    }
  }
  expect(() => readFlexBuffer(new Uint8Array())).toThrow('expected a FlexBuffer')
})
