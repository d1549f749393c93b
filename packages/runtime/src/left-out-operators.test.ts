import type { Tensor } from '@quantrx/core'
import type { Model } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { compile } from './compile.ts'
import { customModel } from './custom/custom-model.conformance.ts'
import { leftOutOperators } from './left-out-operators.ts'
import { tinyModel } from './tiny-model.conformance.ts'

const tensors = ['x', 'a', 'b', 'c', 'd'].map((name) => ({ name, shape: [2] }))

/** `a` and `d` can be computed; `b` cannot, so `c` cannot either. */
const model = tinyModel(
  tensors,
  [
    { kind: 'RELU', inputs: [0], outputs: [1] },
    { kind: 'MULTINOMIAL', inputs: [1], outputs: [2] },
    { kind: 'ADD', inputs: [1, 2], outputs: [3] },
    { kind: 'ABS', inputs: [0], outputs: [4] },
  ],
  [0],
  [3, 4],
)
const sample: Tensor = { type: 'float32', shape: [2], data: Float32Array.of(1, -3) }

describe('operators that are left out', () => {
  it('are what nothing implements, and what needs it', async () => {
    expect(await leftOutOperators(model)).toEqual([
      {
        subgraph: 0,
        index: 1,
        kind: 'MULTINOMIAL',
        outputs: [2],
        reason: 'nothing here implements MULTINOMIAL',
      },
      {
        ...{ subgraph: 0, index: 2, kind: 'ADD', outputs: [3] },
        reason: 'needs what operators[1] (MULTINOMIAL) computes, which does not run',
      },
    ])
  })

  it('are custom ones that nobody registered', async () => {
    const custom = customModel('Double', tensors.slice(0, 2), [1, 1], new Uint8Array(0))
    const [left] = await leftOutOperators(custom)
    expect(left?.reason).toBe('no implementation of Double is registered')
    const double = { prepare: () => () => undefined }
    expect(await leftOutOperators(custom, { customOperators: { Double: double } })).toEqual([])
  })

  it('are those that run a subgraph with such an operator', async () => {
    const called = tinyModel(tensors, [{ kind: 'MULTINOMIAL', inputs: [0], outputs: [1] }], [0], [1])
    const calling = tinyModel(
      tensors,
      [
        {
          ...{ kind: 'CALL_ONCE', inputs: [], outputs: [] },
          options: { kind: 'CallOnceOptions', initSubgraphIndex: 1 },
        },
      ],
      [0],
      [0],
    )
    const operatorCodes = [...calling.operatorCodes!, ...called.operatorCodes!]
    const [inside] = called.subgraphs!
    const operators = inside!.operators!.map((operator) => ({ ...operator, opcodeIndex: 1 }))
    const both: Model = {
      ...calling,
      operatorCodes,
      subgraphs: [...calling.subgraphs!, { ...inside!, operators }],
    }
    expect((await leftOutOperators(both)).map(({ subgraph, reason }) => [subgraph, reason])).toEqual([
      [0, 'runs subgraph 1, whose MULTINOMIAL does not run: nothing here implements MULTINOMIAL'],
      [1, 'nothing here implements MULTINOMIAL'],
    ])
  })

  it('are found at once where subgraphs run each other over and over', async () => {
    const options = (subgraph: number) =>
      ({ kind: 'CallOnceOptions', initSubgraphIndex: (subgraph + 1) % 40 }) as const
    const once = tinyModel(tensors, [{ kind: 'CALL_ONCE', inputs: [], outputs: [] }], [0], [0])
    const subgraphs = Array.from({ length: 40 }, (_, at) => {
      const operator = { ...once.subgraphs![0]!.operators![0]!, builtinOptions: options(at) }
      return { ...once.subgraphs![0]!, operators: [operator, operator] }
    })
    expect(await leftOutOperators({ ...once, subgraphs })).toEqual([])
  })

  it('leave the other outputs, under their own names', async () => {
    const program = await compile(model, { unsupportedOperators: 'leave-out' })
    expect(program.outputNames).toEqual(['d'])
    const seen: string[] = []
    const [output] = program.run([sample], ({ name }) => seen.push(name))
    expect(output?.data).toEqual(Float32Array.of(1, 3))
    expect(seen).toEqual(['x', 'a', 'd'])
  })

  it('are refused unless they may be left out', async () => {
    await expect(compile(model)).rejects.toThrow('"operators[1]": got operator MULTINOMIAL')
  })
})
