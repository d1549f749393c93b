import { openLiteRt } from '@quantrx/testing'
import { writeModel } from '@quantrx/tflite'
import type { BuiltinOperator, BuiltinOptions, Model, TensorType } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { faultsOf } from './check-model.conformance.ts'
import { exampleCalibration, modelBuilder } from './example-models.conformance.ts'
import { quantizeModel } from './quantize-model.ts'
import { ruleOf } from './rule-registry.ts'
import { int16x8 } from './schemes/int16x8.ts'
import { int8 } from './schemes/int8.ts'

type Shape = readonly number[]

/** An operand: a float input, or constants. */
type Operand =
  { readonly input: Shape } | { readonly integers: readonly number[]; readonly shape?: Shape } | number

interface Case {
  readonly kind: BuiltinOperator
  readonly operands: readonly Operand[]
  readonly options?: object
  readonly outputs: readonly (Shape | { readonly positions: Shape })[]
  /** Version of the integer operator. */
  readonly version: number
}

const image = { input: [1, 4, 4, 4] }
const deep = { input: [1, 1, 2, 1, 2] }
const list = (...integers: readonly number[]): Operand => ({ integers })
const pairs = (...integers: readonly number[]): Operand => ({ integers, shape: [integers.length / 2, 2] })
const scalar = (value: number): Operand => ({ integers: [value], shape: [] })
const noMasks = {
  beginMask: 0,
  endMask: 0,
  ellipsisMask: 0,
  newAxisMask: 0,
  shrinkAxisMask: 0,
  offset: false,
}
const resize = (halfPixelCenters: boolean) => ({
  alignCorners: false,
  halfPixelCenters,
  newHeight: 0,
  newWidth: 0,
})

const cases: readonly Case[] = [
  { kind: 'TRANSPOSE', operands: [image, list(0, 3, 1, 2)], outputs: [[1, 4, 4, 4]], version: 2 },
  { kind: 'TRANSPOSE', operands: [deep, list(0, 4, 1, 2, 3)], outputs: [[1, 2, 1, 2, 1]], version: 4 },
  {
    kind: 'SLICE',
    operands: [image, list(0, 1, 0, 0), list(1, 2, 4, 4)],
    outputs: [[1, 2, 4, 4]],
    version: 2,
  },
  {
    kind: 'SLICE',
    operands: [deep, list(0, 0, 1, 0, 0), list(1, 1, 1, 1, 2)],
    outputs: [[1, 1, 1, 1, 2]],
    version: 5,
  },
  {
    ...{
      kind: 'STRIDED_SLICE',
      operands: [image, list(0, 1), list(1, 3), list(1, 1)],
      outputs: [[1, 2, 4, 4]],
    },
    ...{ options: { kind: 'StridedSliceOptions', ...noMasks }, version: 2 },
  },
  {
    ...{
      kind: 'STRIDED_SLICE',
      operands: [{ input: [2, 2] }, list(0), list(0), list(1)],
      outputs: [[1, 2, 2]],
    },
    ...{ options: { kind: 'StridedSliceOptions', ...noMasks, newAxisMask: 1 }, version: 6 },
  },
  {
    ...{
      kind: 'SPLIT',
      operands: [scalar(3), image],
      options: { kind: 'SplitOptions', numSplits: 2 },
      version: 2,
    },
    outputs: [
      [1, 4, 4, 2],
      [1, 4, 4, 2],
    ],
  },
  {
    ...{ kind: 'SPLIT_V', operands: [image, list(1, 3), scalar(3)], version: 2 },
    options: { kind: 'SplitVOptions', numSplits: 2 },
    outputs: [
      [1, 4, 4, 1],
      [1, 4, 4, 3],
    ],
  },
  {
    ...{ kind: 'UNPACK', operands: [{ input: [2, 3] }], options: { kind: 'UnpackOptions', num: 2, axis: 0 } },
    ...{ outputs: [[3], [3]], version: 2 },
  },
  {
    ...{ kind: 'PACK', operands: [{ input: [3] }, { input: [3] }, 0.5], version: 2 },
    ...{ options: { kind: 'PackOptions', valuesCount: 3, axis: 0 }, outputs: [[3, 3]] },
  },
  {
    ...{
      kind: 'GATHER',
      operands: [image, list(2, 0)],
      options: { kind: 'GatherOptions', axis: 1, batchDims: 0 },
    },
    ...{ outputs: [[1, 2, 4, 4]], version: 2 },
  },
  {
    ...{ kind: 'GATHER', operands: [{ input: [2, 3] }, pairs(0, 1, 2, 0)], outputs: [[2, 2]], version: 5 },
    options: { kind: 'GatherOptions', axis: 1, batchDims: 1 },
  },
  { kind: 'GATHER_ND', operands: [{ input: [2, 3] }, pairs(0, 1, 1, 0)], outputs: [[2]], version: 1 },
  { kind: 'TILE', operands: [image, list(1, 2, 1, 1)], outputs: [[1, 8, 4, 4]], version: 3 },
  { kind: 'BROADCAST_TO', operands: [{ input: [3, 1] }, list(2, 3, 2)], outputs: [[2, 3, 2]], version: 3 },
  { kind: 'EXPAND_DIMS', operands: [{ input: [3] }, scalar(0)], outputs: [[1, 3]], version: 1 },
  {
    ...{
      kind: 'MIRROR_PAD',
      operands: [{ input: [3, 2] }, pairs(1, 1, 0, 0)],
      outputs: [[5, 2]],
      version: 2,
    },
    options: { kind: 'MirrorPadOptions', mode: 'REFLECT' },
  },
  { kind: 'PADV2', operands: [{ input: [3, 2] }, pairs(1, 1, 0, 0), 0.75], outputs: [[5, 2]], version: 2 },
  { kind: 'REVERSE_V2', operands: [image, list(1)], outputs: [[1, 4, 4, 4]], version: 3 },
  {
    ...{ kind: 'SPACE_TO_DEPTH', operands: [image], outputs: [[1, 2, 2, 16]], version: 2 },
    options: { kind: 'SpaceToDepthOptions', blockSize: 2 },
  },
  {
    ...{ kind: 'DEPTH_TO_SPACE', operands: [image], outputs: [[1, 8, 8, 1]], version: 2 },
    options: { kind: 'DepthToSpaceOptions', blockSize: 2 },
  },
  {
    ...{
      kind: 'SPACE_TO_BATCH_ND',
      operands: [image, list(2, 2), pairs(0, 0, 0, 0)],
      outputs: [[4, 2, 2, 4]],
    },
    version: 2,
  },
  {
    ...{
      kind: 'SPACE_TO_BATCH_ND',
      operands: [{ input: [1, 4, 2] }, list(2), pairs(0, 0)],
      outputs: [[2, 2, 2]],
    },
    version: 3,
  },
  {
    ...{
      kind: 'BATCH_TO_SPACE_ND',
      operands: [{ input: [4, 1, 1, 2] }, list(2, 2), pairs(0, 0, 0, 0)],
      version: 2,
    },
    outputs: [[1, 2, 2, 2]],
  },
  ...(['REDUCE_MAX', 'REDUCE_MIN', 'SUM'] as const).map((kind): Case => ({
    ...{ kind, operands: [image, list(1, 2)], outputs: [[1, 4]], version: 2 },
    options: { kind: 'ReducerOptions', keepDims: false },
  })),
  {
    ...{ kind: 'ARG_MAX', operands: [image, scalar(3)], outputs: [{ positions: [1, 4, 4] }], version: 2 },
    options: { kind: 'ArgMaxOptions', outputType: 'INT32' },
  },
  {
    ...{ kind: 'ARG_MIN', operands: [image, scalar(3)], outputs: [{ positions: [1, 4, 4] }], version: 2 },
    options: { kind: 'ArgMinOptions', outputType: 'INT32' },
  },
  {
    ...{
      kind: 'TOPK_V2',
      operands: [{ input: [2, 5] }, scalar(3)],
      outputs: [[2, 3], { positions: [2, 3] }],
    },
    version: 2,
  },
  {
    ...{ kind: 'DYNAMIC_UPDATE_SLICE', operands: [{ input: [4, 2] }, { input: [1, 2] }, list(1, 0)] },
    ...{ outputs: [[4, 2]], version: 1 },
  },
  {
    ...{
      kind: 'MATRIX_SET_DIAG',
      operands: [{ input: [3, 3] }, { input: [3] }],
      outputs: [[3, 3]],
      version: 1,
    },
  },
  {
    ...{ kind: 'SPARSE_TO_DENSE', operands: [pairs(0, 1, 2, 0), list(3, 2), { input: [2] }, 0.5] },
    ...{ options: { kind: 'SparseToDenseOptions', validateIndices: false }, outputs: [[3, 2]], version: 3 },
  },
  { kind: 'FILL', operands: [list(2, 3), { input: [] }], outputs: [[2, 3]], version: 3 },
  { kind: 'SQRT', operands: [image], outputs: [[1, 4, 4, 4]], version: 2 },
  {
    ...{ kind: 'DIV', operands: [{ input: [2, 3] }, 0.5], outputs: [[2, 3]], version: 1 },
    options: { kind: 'DivOptions', fusedActivationFunction: 'NONE' },
  },
  { kind: 'EMBEDDING_LOOKUP', operands: [list(1, 0), { input: [4, 2] }], outputs: [[2, 2]], version: 1 },
  ...[false, true].flatMap((halfPixel): Case[] => [
    {
      ...{ kind: 'RESIZE_BILINEAR', operands: [image, list(8, 8)], outputs: [[1, 8, 8, 4]] },
      ...{ options: { kind: 'ResizeBilinearOptions', ...resize(halfPixel) }, version: halfPixel ? 3 : 2 },
    },
    {
      ...{ kind: 'RESIZE_NEAREST_NEIGHBOR', operands: [image, list(8, 8)], outputs: [[1, 8, 8, 4]] },
      options: { kind: 'ResizeNearestNeighborOptions', alignCorners: false, halfPixelCenters: halfPixel },
      version: halfPixel ? 3 : 2,
    },
  ]),
]

/** A float model of one operator; the builder makes its first output, and the others are put beside it. */
function modelOf({ kind, operands, options, outputs }: Case): Model {
  const { tensor, values, integers, add, finish } = modelBuilder()
  const inputs: number[] = []
  const shapes = new Map<number, Shape>()
  const indices = operands.map((operand, at) => {
    if (typeof operand === 'number')
      return kind === 'PADV2' || kind === 'SPARSE_TO_DENSE'
        ? values('value', operand)
        : values('value', operand, operand, operand)
    if ('input' in operand) {
      inputs.push(tensor(`input ${at}`, operand.input))
      return inputs.at(-1)!
    }
    const constant = integers(`constant ${at}`, ...operand.integers)
    if (operand.shape !== undefined) shapes.set(constant, operand.shape)
    return constant
  })
  const described = outputs.map((output): [Shape, TensorType] =>
    'positions' in output ? [output.positions, 'INT32'] : [output, 'FLOAT32'],
  )
  const [first] = described
  const produced = add(kind, indices, 'output 0', first![0], options as BuiltinOptions, first![1])
  const others = described.slice(1).map(([shape, type], at) => tensor(`output ${at + 1}`, shape, 0, type))
  const model = finish(inputs, [produced, ...others])
  const [graph] = model.subgraphs!
  return {
    ...model,
    subgraphs: [
      {
        ...graph!,
        tensors: graph!.tensors!.map((each, at) => ({ ...each, shape: shapes.get(at) ?? each.shape! })),
        operators: graph!.operators!.map((operator) => ({ ...operator, outputs: [produced, ...others] })),
      },
    ],
  }
}

/** Runs a model on zeros; the number of its outputs. */
async function runsInLiteRt(model: Model): Promise<number> {
  const oracle = await openLiteRt(writeModel(model))
  const sizes = oracle.inputs.map(({ shape }) => shape.reduce((product, size) => product * size, 4))
  const outputs = await oracle.run(sizes.map((size) => new Uint8Array(size)))
  oracle.close()
  return outputs.length
}

describe.each(cases.map((each) => [`${each.kind} to ${JSON.stringify(each.outputs)}`, each] as const))(
  '%s',
  (_, each) => {
    const float = modelOf(each)
    const { model, floatOperators } = quantizeModel(float, exampleCalibration(float), int8())

    it('becomes an integer operator of the version that has it, without faults', () => {
      expect(floatOperators).toEqual([])
      expect(faultsOf(model)).toEqual([])
      const code = model.operatorCodes?.find(({ builtinCode }) => builtinCode === each.kind)
      expect(code?.version).toBe(each.version)
    })

    it('runs in LiteRT', async () => {
      expect(await runsInLiteRt(model)).toBe(each.outputs.length)
    })

    it.runIf(ruleOf(each.kind)?.int16)('runs in LiteRT with int16 activations too', async () => {
      const wide = quantizeModel(float, exampleCalibration(float), int16x8())
      expect(wide.floatOperators).toEqual([])
      expect(faultsOf(wide.model)).toEqual([])
      expect(await runsInLiteRt(wide.model)).toBe(each.outputs.length)
    })
  },
)
