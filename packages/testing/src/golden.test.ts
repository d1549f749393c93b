import { expect, it } from 'vitest'
import { describeWithFixtures } from './fixtures.ts'
import { goldenActivations, goldenArray, goldenCases, goldenModel } from './golden.ts'

describeWithFixtures('golden results', () => {
  it('reads a case as the model and its bytes, without constants and repeated inputs', () => {
    const cases = goldenCases('ADD')
    expect(cases.length).toBeGreaterThan(40)
    for (const { tag, inputs, outputs } of cases) {
      expect(inputs).toHaveLength(['self', 'const_rhs'].includes(tag) ? 1 : 2)
      for (const { type, shape, bytes } of [...inputs, ...outputs]) {
        expect(type).toBe('INT8')
        expect(bytes).toHaveLength(shape.reduce((product, size) => product * size, 1))
      }
    }
  })

  it('reads whole models with their arrays and activations', () => {
    const { meta, bytes } = goldenModel('kws_dscnn_int8')
    expect(new TextDecoder().decode(bytes.subarray(4, 8))).toBe('TFL3')
    const { shape, data } = goldenArray('kws_dscnn_int8', 'random_out')
    expect(shape).toEqual([16, 12])
    const output = meta.outputs[0]?.index
    const last = goldenActivations('kws_dscnn_int8', 'random').find(({ index }) => index === output)
    expect(last?.values.data).toEqual(data.slice(0, 12))
  })
})
