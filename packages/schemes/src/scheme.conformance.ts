import { readModel, writeModel } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { faultsOf } from './check-model.conformance.ts'
import { exampleCalibration, exampleModels } from './example-models.conformance.ts'
import { modelQuantizer, quantizeModel } from './quantize-model.ts'
import type { Scheme } from './scheme.ts'
import { int8 } from './schemes/int8.ts'

/** What every scheme must keep; the test of each calls it. */
export function schemeConformance(name: string, factory: () => Scheme): void {
  describe(`scheme ${name} keeps the contract`, () => {
    it('is called what it says', () => expect(factory().name).toBe(name))

    describe.each(Object.entries(exampleModels))('on the model "%s"', (_, makeModel) => {
      const model = makeModel()
      const calibration = exampleCalibration(model)
      const candidate = quantizeModel(model, calibration, factory())

      it('writes a model without faults', () => expect(faultsOf(candidate.model)).toEqual([]))

      it('plans plain data', () => {
        const plan = factory().plan(model, calibration)
        expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
      })

      it('gives the same bytes every time', () => {
        expect(writeModel(quantizeModel(makeModel(), calibration, factory()).model)).toEqual(
          writeModel(candidate.model),
        )
      })

      it('gives the same bytes after other calibrations and schemes of the model', () => {
        const quantizeBy = modelQuantizer(model)
        const wider = calibration.tensors.map((tensor) => ({
          ...tensor,
          result: { min: 2 * tensor.result.min, max: 3 * tensor.result.max },
        }))
        const others = [
          quantizeBy({ ...calibration, tensors: wider }, factory()),
          quantizeBy(calibration, int8()),
        ]
        expect(others.map(({ source }) => source)).toEqual([model, model])
        expect(writeModel(quantizeBy(calibration, factory()).model)).toEqual(writeModel(candidate.model))
      })

      it('does not alter the source', () => expect(model).toEqual(makeModel()))

      it('writes what can be read again', () => {
        expect(readModel(writeModel(candidate.model))).toEqual(candidate.model)
      })

      it('keeps inputs, outputs and signatures in place', () => {
        const [before, after] = [model.subgraphs?.[0], candidate.model.subgraphs?.[0]]
        const names = (graph: typeof before, indices: readonly number[] = []) =>
          indices.map((index) => graph?.tensors?.[index]?.name)
        expect(names(after, after?.inputs)).toEqual(names(before, before?.inputs))
        expect(names(after, after?.outputs)).toEqual(names(before, before?.outputs))
        const [signature] = candidate.model.signatureDefs ?? []
        expect(signature?.inputs?.map(({ tensorIndex }) => tensorIndex)).toEqual(after?.inputs)
        expect(signature?.outputs?.map(({ tensorIndex }) => tensorIndex)).toEqual(after?.outputs)
      })

      it('gives inputs and outputs the type that it plans', () => {
        const { inputs = [], outputs = [], tensors } = candidate.model.subgraphs?.[0] ?? {}
        const types = new Set([...inputs, ...outputs].map((index) => tensors?.[index]?.type))
        expect([...types]).toEqual([factory().plan(model, calibration).io.toUpperCase()])
      })

      it('carries everything else through', () => {
        const labels = (each: typeof model) =>
          each.buffers?.[each.metadata?.find(({ name: entry }) => entry === 'labels')?.buffer ?? 0]?.data
        expect(candidate.model.description).toBe(model.description)
        expect(candidate.model.trailing).toEqual(model.trailing)
        expect(labels(candidate.model)).toEqual(labels(model))
        expect(candidate.model.subgraphs?.slice(1)).toEqual(model.subgraphs?.slice(1))
      })
    })
  })
}
