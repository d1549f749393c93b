import { operatorKind } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { exampleCalibration, exampleModels } from '../example-models.conformance.ts'
import { int8 } from '../schemes/int8.ts'
import { rewrite } from './rewrite.ts'
import { runtimeVersionBytes, statedRuntimeVersion } from './runtime-version.ts'

const rewritten = (model: Model, scheme = int8()) =>
  rewrite(model, scheme.plan(model, exampleCalibration(model)))

it('tells where every operator of the source went', () => {
  const source = exampleModels['unsupported']!()
  const { model, operatorIndex } = rewritten(source)
  const [before = [], after = []] = [source, model].map(({ subgraphs }) => subgraphs?.[0]?.operators)
  const kinds = before.map((_, at) => operatorKind(model, after[operatorIndex(0, at)]!))
  expect(kinds).toEqual(before.map((operator) => operatorKind(source, operator)))
  expect(before.map((_, at) => operatorIndex(0, at))).toEqual([1, 3, 5])
})

it('leaves no float weights behind', () => {
  const { model } = rewritten(exampleModels['network']!())
  const types = model.subgraphs?.[0]?.tensors?.filter(({ buffer }) => buffer !== 0).map(({ type }) => type)
  expect([...new Set(types)].sort()).toEqual(['INT32', 'INT8'])
  const used = new Set([
    0,
    ...(model.subgraphs ?? []).flatMap(({ tensors = [] }) => tensors.map(({ buffer }) => buffer)),
    ...(model.metadata ?? []).map(({ buffer }) => buffer),
  ])
  expect(model.buffers?.map((_, at) => at).filter((at) => !used.has(at))).toEqual([])
})

it.each([
  ['1.5.0', '1.14.0'],
  ['2.18.0', '2.18.0'],
])('makes of the stated runtime %s %s', (stated, expected) => {
  const source = exampleModels['network']!()
  const buffers = [...(source.buffers ?? []), { data: runtimeVersionBytes(stated), offset: 0n, size: 0n }]
  const metadata = [{ name: 'min_runtime_version', buffer: buffers.length - 1 }]
  const { model } = rewritten({ ...source, buffers, metadata })
  expect(model.metadata).toHaveLength(1)
  expect(statedRuntimeVersion(model)).toBe(expected)
})

it('converts a tensor once for all its float consumers', () => {
  const source = exampleModels['unsupported']!()
  const [graph] = source.subgraphs ?? []
  const before = graph!.operators![0]!.outputs![0]!
  const outputs = [...(graph?.outputs ?? []), before]
  const { model } = rewritten({ ...source, subgraphs: [{ ...graph!, outputs }] })
  const kinds = model.subgraphs?.[0]?.operators?.map((operator) => operatorKind(model, operator))
  expect(kinds?.filter((kind) => kind === 'DEQUANTIZE')).toHaveLength(2)
})

it('carries custom operators and their options through', () => {
  const { model } = rewritten(exampleModels['custom']!())
  const operator = model.subgraphs?.[0]?.operators?.find((each) => operatorKind(model, each) === 'CUSTOM')
  expect(operator?.customOptions).toEqual(Uint8Array.of(7, 8, 9))
  expect(model.operatorCodes?.[operator?.opcodeIndex ?? -1]?.customCode).toBe('Mine')
})
