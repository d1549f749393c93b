import { openLiteRt } from '@quantrx/testing'
import { writeModel } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { compile } from '../compile.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { tinyModel } from '../tiny-model.conformance.ts'
import { broadcastArgs } from './broadcast-args.ts'

it.each([
  ['int32', [2, 1, 3], [4, 1], [2, 4, 3]],
  ['int64', [5], [2, 1], [2, 5]],
  ['int32', [], [7], [7]],
] as const)('gives the common shape in %s of %j and %j', (type, a, b, expected) => {
  const operands = [a, b].map((values) => testTensor(type, [values.length], { values }))
  const output = testTensor(type, [expected.length])
  const context = testContext('BROADCAST_ARGS', operands, [output])
  broadcastArgs.prepare(context)()
  expect(Array.from<number | bigint, number>(output.data, Number)).toEqual(expected)
  expect(broadcastArgs.outputShapes!(context)).toEqual([[expected.length]])
})

it('refuses shapes that do not fit each other, and other types', () => {
  const [two, three] = [2, 3].map((size) => testTensor('int32', [1], { values: [size] }))
  const step = broadcastArgs.prepare(testContext('BROADCAST_ARGS', [two, three], [testTensor('int32', [1])]))
  expect(step).toThrow('got shapes [2] and [3], expected dimensions that are equal or 1')
  const prepare = (output: ReturnType<typeof testTensor>) => () =>
    broadcastArgs.prepare(testContext('BROADCAST_ARGS', [two, three], [output]))
  expect(prepare(testTensor('int64', [1]))).toThrow('outputs of type int64')
  expect(prepare(testTensor('int32', [2]))).toThrow('got output shape [2], expected [1]')
})

it('decides how BROADCAST_TO repeats, as in LiteRT', async () => {
  const shape = (name: string, ...sizes: number[]) =>
    ({ name, shape: [sizes.length], type: 'INT32', data: Int32Array.from(sizes) }) as const
  const model = tinyModel(
    [
      { name: 'x', shape: [1, 3] },
      ...[shape('a', 1, 3), shape('b', 2, 2, 1)],
      ...[
        { name: 'common', shape: [3], type: 'INT32' as const },
        { name: 'y', shape: [2, 2, 3] },
      ],
    ],
    [
      { kind: 'BROADCAST_ARGS', inputs: [1, 2], outputs: [3] },
      { kind: 'BROADCAST_TO', inputs: [0, 3], outputs: [4] },
    ],
    [0],
    [4],
  )
  const data = Float32Array.of(1, -2, 3)
  const operatorCodes = model.operatorCodes!.map((code) =>
    code.builtinCode === 'BROADCAST_TO' ? { ...code, version: 2 } : code,
  )
  const oracle = await openLiteRt(writeModel({ ...model, operatorCodes }))
  const [expected] = await oracle.run([new Uint8Array(data.buffer)])
  oracle.close()
  const [found] = (await compile(model)).run([{ type: 'float32', shape: [1, 3], data }])
  expect(found!.data).toEqual(new Float32Array(expected!.slice().buffer))
  expect(Array.from(found!.data as Float32Array)).toEqual([0, 1, 2, 3].flatMap(() => [1, -2, 3]))
})
