import type { Model, Operator, Tensor } from '@quantrx/tflite'
import { builtinCodeFields } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { describeContents } from './describe-contents.ts'
import { drawContents } from './draw-contents.ts'

const tensor: Tensor = {
  name: 't',
  type: 'FLOAT32',
  buffer: 0,
  isVariable: false,
  hasRank: true,
  externalBuffer: 0,
}
const operator: Omit<Operator, 'opcodeIndex'> = {
  ...{ customOptionsFormat: 'FLEXBUFFERS', debugMetadataIndex: -1 },
  ...{ largeCustomOptionsOffset: 0n, largeCustomOptionsSize: 0n },
}
const empty = { offset: 0n, size: 0n }

/** A model that has one of everything. */
const model: Model = {
  version: 3,
  buffers: [empty, { ...empty, data: new Uint8Array(7) }, { offset: 64n, size: 5n, data: new Uint8Array(5) }],
  metadata: [{ name: 'TFLITE_METADATA', buffer: 1 }],
  operatorCodes: [
    { ...builtinCodeFields('CUSTOM'), customCode: 'Detect', version: 1 },
    { builtinCode: 'UNKNOWN_999', deprecatedBuiltinCode: 127, version: 1 },
  ],
  subgraphs: [
    {
      name: 'main',
      debugMetadataIndex: -1,
      inputs: [0],
      outputs: [1],
      tensors: [
        { ...tensor, name: 'in', shape: [1, 4], shapeSignature: [-1, 4] },
        { ...tensor, name: 'sparse', sparsity: {} },
      ],
      operators: [
        { ...operator, opcodeIndex: 0 },
        { ...operator, opcodeIndex: 0 },
        { ...operator, opcodeIndex: 1 },
      ],
    },
    { name: 'body', debugMetadataIndex: -1 },
  ],
  signatureDefs: [
    {
      ...{ signatureKey: 'serve', subgraphIndex: 0 },
      inputs: [{ name: 'x', tensorIndex: 0 }],
      outputs: [{ name: 'y', tensorIndex: 1 }],
    },
  ],
  trailing: Uint8Array.of(1, 2, 3),
  unknownFields: ['subgraphs[0].field 9'],
}

it('tells what a file has besides what runs', () => {
  expect(describeContents(model)).toEqual({
    signatures: [{ key: 'serve', subgraph: 0, inputs: ['x'], outputs: ['y'] }],
    metadata: [{ name: 'TFLITE_METADATA', bytes: 7 }],
    associatedFiles: [],
    trailingBytes: 3,
    unknownFields: ['subgraphs[0].field 9'],
    unknownOperators: [999],
    customOperators: { Detect: 2 },
    externalBuffers: { count: 1, bytes: 5 },
    sparseTensors: [{ subgraph: 0, index: 1, name: 'sparse' }],
    dynamicShapes: [{ subgraph: 0, index: 0, name: 'in', shape: [-1, 4] }],
    graphs: [
      { name: 'main', tensors: 2, operators: 3, inputs: 1, outputs: 1 },
      { name: 'body', tensors: 0, operators: 0, inputs: 0, outputs: 0 },
    ],
  })
})

it('draws a table for each kind of thing that is there, and nothing else', () => {
  const text = drawContents(describeContents(model)).join('\n')
  for (const part of [
    'serve',
    'TFLITE_METADATA',
    'Detect',
    '999',
    'subgraphs[0].field 9',
    '[-1, 4]',
    'body',
  ]) {
    expect(text).toContain(part)
  }
  expect(text).toContain('1 buffers outside the FlatBuffer: 5 bytes')
  expect(drawContents(describeContents({ version: 3 }))).toEqual([])
})
