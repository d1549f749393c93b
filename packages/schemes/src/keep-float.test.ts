import { operatorKind } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { exampleCalibration, exampleModels } from './example-models.conformance.ts'
import { keepFloat } from './keep-float.ts'
import { quantizeModel } from './quantize-model.ts'
import { int8 } from './schemes/int8.ts'

const model = exampleModels['network']!()
const calibration = exampleCalibration(model)
const operators = model.subgraphs![0]!.operators!
const last = operators.at(-1)!
const choice = { subgraph: 0, outputs: last.outputs!, reason: 'nobody measured it' }

it('leaves an operator float, and says why', () => {
  const { floatOperators } = quantizeModel(model, calibration, keepFloat(int8(), [choice])!)
  const kind = operatorKind(model, last)
  expect(floatOperators).toMatchObject([{ index: operators.length - 1, kind, reason: 'nobody measured it' }])
})

it('needs no range of what such an operator computes, and leaves an output of it float', () => {
  const unknown = new Set(last.outputs)
  const tensors = calibration.tensors.filter(({ index }) => !unknown.has(index))
  const scheme = keepFloat(int8({ io: 'int8' }), [choice])!
  const { model: integer } = quantizeModel(model, { ...calibration, tensors }, scheme)
  const [graph] = integer.subgraphs!
  const types = (ends: readonly number[] = []) => ends.map((end) => graph!.tensors![end]!.type)
  expect(types(graph!.inputs)).toEqual(['INT8'])
  expect(types(graph!.outputs)).toContain('FLOAT32')
})

it('is for schemes that choose operator by operator', () => {
  const { name, needsCalibration, plan } = int8()
  expect(keepFloat({ name, needsCalibration, plan }, [choice])).toBeUndefined()
})
