import { describe, expect, it } from 'vitest'
import { builtinCodeFields, operatorKind } from '../graph.ts'
import type { Model, Operator } from '../types.ts'
import { transposeConvWithBias, withBuiltinOperators } from './builtin-operators.ts'

function modelOf(options: readonly number[], shape: readonly number[] = [2, 5, 4, 6]): Model {
  const tensor = (name: string, shape: readonly number[]) =>
    ({
      name,
      shape,
      type: 'FLOAT32',
      buffer: 0,
      isVariable: false,
      hasRank: true,
      externalBuffer: 0,
    }) as const
  const operator: Operator = {
    ...{ opcodeIndex: 0, inputs: [0, 1, 2], outputs: [3], customOptionsFormat: 'FLEXBUFFERS' },
    ...{ largeCustomOptionsOffset: 0n, largeCustomOptionsSize: 0n, debugMetadataIndex: -1 },
    customOptions: new Uint8Array(Int32Array.from(options).buffer),
  }
  const tensors = [tensor('x', shape), tensor('w', [3, 3, 2, 6]), tensor('b', [3]), tensor('y', [])]
  return {
    version: 3,
    operatorCodes: [{ ...builtinCodeFields('CUSTOM'), customCode: transposeConvWithBias, version: 1 }],
    subgraphs: [{ tensors, operators: [operator], inputs: [0], outputs: [3], debugMetadataIndex: -1 }],
    buffers: [{ offset: 0n, size: 0n }],
  }
}

describe('Convolution2DTransposeBias', () => {
  it.each([
    ['SAME', 1, [2, 10, 4, 3]],
    ['VALID', 2, [2, 11, 5, 3]],
  ] as const)('becomes a TRANSPOSE_CONV with padding %s', (padding, code, shape) => {
    const model = withBuiltinOperators(modelOf([code, 1, 2]))
    const [graph] = model.subgraphs!
    const [operator] = graph!.operators!
    expect(operatorKind(model, operator!)).toBe('TRANSPOSE_CONV')
    expect(operator!.inputs).toEqual([4, 1, 0, 2])
    expect(operator!.customOptions).toBeUndefined()
    expect(operator!.builtinOptions).toMatchObject({ padding, strideW: 1, strideH: 2 })
    const data = model.buffers![graph!.tensors![4]!.buffer]!.data!
    expect([...new Int32Array(data.buffer)]).toEqual(shape)
  })

  it.each([
    ['too few options', [1, 2], undefined],
    ['a padding that is none', [0, 2, 2], undefined],
    ['a step of 0', [1, 0, 2], undefined],
    ['an open size', [1, 2, 2], [-1, 5, 4, 6]],
    ['three dimensions', [1, 2, 2], [5, 4, 6]],
  ])('stays what it is with %s', (_, options, shape) => {
    const given = modelOf(options, shape)
    const model = withBuiltinOperators(given)
    expect(model.subgraphs![0]!.operators).toEqual(given.subgraphs![0]!.operators)
  })

  it('stays what it is where somebody has it, and models without it are the same models', () => {
    const given = modelOf([1, 2, 2])
    expect(withBuiltinOperators(given, [transposeConvWithBias])).toBe(given)
    const other = { ...given, operatorCodes: [{ ...given.operatorCodes![0]!, customCode: 'Other' }] }
    expect(withBuiltinOperators(other)).toBe(other)
  })
})
