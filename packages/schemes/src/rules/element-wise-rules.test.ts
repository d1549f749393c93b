import { constantBytes, operatorKind } from '@quantrx/tflite'
import type { BuiltinOperator, Model } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { broadcastVersion } from '../broadcast-version.ts'
import { exampleCalibration, exampleModels, modelBuilder } from '../example-models.conformance.ts'
import { quantizeModel } from '../quantize-model.ts'
import { ruleOf } from '../rule-registry.ts'
import { int8 } from '../schemes/int8.ts'

const source = exampleModels['elementwise']!()
const { model, floatOperators } = quantizeModel(source, exampleCalibration(source), int8())

/** The operands and the output of the only operator of a kind. */
function operatorOf(graphModel: Model, kind: BuiltinOperator) {
  const [graph] = graphModel.subgraphs ?? []
  const operator = graph?.operators?.find((each) => operatorKind(graphModel, each) === kind)
  const tensors = [...(operator?.inputs ?? []), ...(operator?.outputs ?? [])]
  return tensors.map((index) => graph!.tensors![index]!)
}

it('leaves no operator of the element-wise example float', () => {
  expect(floatOperators).toEqual([])
})

it('makes the slopes of PRELU symmetric, one scale for all', () => {
  const [, slopes] = operatorOf(model, 'PRELU')
  expect(slopes).toMatchObject({ type: 'INT8', quantization: { zeroPoint: [0n] } })
  const stored = new Int8Array(constantBytes(model, slopes!)!)
  expect(Math.max(...stored.map(Math.abs))).toBe(127)
})

it('quantizes what is compared, and leaves booleans alone', () => {
  const [a, b, output] = operatorOf(model, 'GREATER')
  expect([a?.type, b?.type, output?.type]).toEqual(['INT8', 'INT8', 'BOOL'])
  expect(output?.quantization).toBeUndefined()
})

it('quantizes what is chosen from like what is chosen', () => {
  const [condition, a, b, output] = operatorOf(model, 'SELECT_V2')
  expect(condition?.type).toBe('BOOL')
  expect([a?.quantization, b?.quantization]).toEqual([output?.quantization, output?.quantization])
})

it.each([
  [200, []],
  [300, [expect.stringContaining('the integer kernel has no input scale of 1.1')]],
])('compares a range of %d in integers only where the kernel can', (max, reasons) => {
  const { add, tensor, finish } = modelBuilder()
  const input = tensor('input', [4])
  const moved = add('ABS', [input], 'moved', [4])
  const wide = finish([input], [add('LESS', [moved, moved], 'less', [4], undefined, 'BOOL')])
  const calibration = exampleCalibration(wide)
  const tensors = calibration.tensors.map((each) => ({ ...each, result: { min: 0, max } }))
  const result = quantizeModel(wide, { ...calibration, tensors }, int8())
  expect(result.floatOperators.map(({ reason }) => reason)).toEqual(reasons)
})

it.each([
  ['that are computed', false, 'its coefficients are not float32 constants'],
  ['that are not finite', true, 'its coefficients are not all finite'],
])('leaves PRELU with slopes %s float', (_, constant, reason) => {
  const { add, tensor, values, finish } = modelBuilder()
  const [input, computed] = [tensor('input', [2]), tensor('slopes', [2])]
  const slopes = constant ? values('constant', 1, Infinity) : computed
  const moved = add('ABS', [input], 'moved', [2])
  const odd = finish([input, computed], [add('PRELU', [moved, slopes], 'output', [2])])
  const result = quantizeModel(odd, exampleCalibration(odd), int8())
  expect(result.floatOperators.map((each) => each.reason)).toEqual([reason])
})

it('keeps the output of HARD_SWISH within the arithmetic of its kernel', () => {
  expect(ruleOf('HARD_SWISH')?.smallestOutputScale?.([1])).toBe(1 / 128)
})

it.each([
  [[2, 3], [3], 2],
  [[1, 2, 3, 4, 5], [1, 2, 3, 4, 5], 2],
  [[1, 2, 3, 4, 5], [5], 3],
])('asks for the kernel that repeats operands of shapes %j and %j: version %i', (a, b, version) => {
  const facts = { inputShapes: [a, b], inputScales: [], outputScale: 1, hasBias: false }
  const [operator] = source.subgraphs![0]!.operators!
  expect(broadcastVersion(2, 3)({ ...facts, operator: operator! })).toBe(version)
})
