import { viewBytes } from '@quantrx/core'
import type { Tensor } from '@quantrx/core'
import { describeWithFixtures, fixturePath, goldenCases } from '@quantrx/testing'
import type { GoldenBytes } from '@quantrx/testing'
import { readModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compile } from './compile.ts'
import type { CompileOptions } from './compile.ts'
import type { RuntimeTensor } from './operator.ts'
import { supportedOperators } from './registry.ts'

/** Steps of the last float32 bit and absolute room that the golden files' own agreement between builds has. */
const floatTolerance = { relative: 1e-5, absolute: 1e-6 }

function asTensor({ type, shape, bytes }: GoldenBytes): Tensor {
  const name = type.toLowerCase() as 'int8'
  return { type: name, shape, data: viewBytes(name, bytes) }
}

async function run(
  model: Model,
  inputs: readonly GoldenBytes[],
  options: CompileOptions,
): Promise<readonly RuntimeTensor[]> {
  const program = await compile(model, options)
  return program.run(inputs.map(asTensor))
}

/** Endings of the names of golden files, by the types that operators have in them. */
const endings = ['', '.f32', '.hybrid', '.int16', '.int8_int16', '.int4w']

const filesOf = (kind: string): string[] =>
  endings
    .map((ending) => `${kind}${ending}`)
    .filter((name) => existsSync(fixturePath('golden/ops', `${name}.jsonl.gz`)))

const files = supportedOperators().flatMap(({ kind }) => filesOf(kind))

const arithmetics = ['tflite', 'xnnpack'] as const
const loops = ['auto', 'i16'] as const

describeWithFixtures('single operators', () => {
  describe.each(files)('%s', (file) => {
    it.each(goldenCases(file).map((each, at) => [`${each.id} ${each.tag}`, each, at] as const))(
      '%s: equals the golden result, and generated code the reference bit for bit',
      async (_, { model: bytes, inputs, outputs }, at) => {
        const model = readModel(bytes)
        for (const [index, arithmetic] of arithmetics.entries()) {
          const reference = await run(model, inputs, { arithmetic, innerLoop: 'reference' })
          if (arithmetic === 'tflite') expectGolden(reference, outputs.map(asTensor))
          // Operators without sums have the same code in either, and others enough cases.
          const innerLoop = loops[(at + index) % 2]!
          const generated = await run(model, inputs, { arithmetic, innerLoop })
          const name = `${arithmetic}, ${innerLoop}`
          reference.forEach(({ data }, output) => expect(generated[output]!.data, name).toEqual(data))
        }
      },
    )
  })
})

function expectGolden(outputs: readonly RuntimeTensor[], golden: readonly Tensor[]): void {
  expect(outputs).toHaveLength(golden.length)
  outputs.forEach((output, at) => {
    const expected = golden[at]!
    expect(output.type).toBe(expected.type)
    if (output.type !== 'float32') expect(output.data).toEqual(expected.data)
    else expectClose(output.data as Float32Array, expected.data as Float32Array)
  })
}

function expectClose(values: Float32Array, expected: Float32Array): void {
  expect(values).toHaveLength(expected.length)
  const { relative, absolute } = floatTolerance
  const wrong = Array.from(expected, (value, at) => ({ at, value, got: values[at]! })).filter(
    ({ value, got }) =>
      !Object.is(value, got) && !(Math.abs(value - got) <= relative * Math.abs(value) + absolute),
  )
  expect(wrong).toEqual([])
}
