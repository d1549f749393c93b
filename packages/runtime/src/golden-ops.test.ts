import { viewBytes } from '@quantrx/core'
import type { Tensor } from '@quantrx/core'
import { describeWithFixtures, fixturePath, goldenCases } from '@quantrx/testing'
import type { GoldenBytes, GoldenCase } from '@quantrx/testing'
import { readModel } from '@quantrx/tflite'
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
  { model, inputs }: GoldenCase,
  options: CompileOptions = {},
): Promise<readonly RuntimeTensor[]> {
  const program = await compile(readModel(model), options)
  return program.run(inputs.map(asTensor))
}

/** Endings of the names of golden files, by the types that operators have in them. */
const endings = ['', '.f32', '.hybrid', '.int16', '.int8_int16', '.int4w']

const filesOf = (kind: string): string[] =>
  endings
    .map((ending) => `${kind}${ending}`)
    .filter((name) => existsSync(fixturePath('golden/ops', `${name}.jsonl.gz`)))

const files = supportedOperators().flatMap(({ kind }) => filesOf(kind))

describeWithFixtures('single operators equal the golden results', () => {
  describe.each(files)('%s', (file) => {
    it.each(goldenCases(file).map((each) => [`${each.id} ${each.tag}`, each] as const))(
      '%s',
      async (_, each) => {
        const outputs = await run(each)
        expect(outputs).toHaveLength(each.outputs.length)
        outputs.forEach((output, at) => {
          const expected = asTensor(each.outputs[at]!)
          expect(output.type).toBe(expected.type)
          if (output.type !== 'float32') expect(output.data).toEqual(expected.data)
          else expectClose(output.data as Float32Array, expected.data as Float32Array)
        })
      },
    )
  })
})

describeWithFixtures('generated code equals the reference bit for bit', () => {
  describe.each(files)('%s', (file) => {
    it.each(goldenCases(file).map((each) => [`${each.id} ${each.tag}`, each] as const))(
      '%s',
      async (_, each) => {
        for (const arithmetic of ['tflite', 'xnnpack'] as const) {
          const reference = await run(each, { arithmetic, innerLoop: 'reference' })
          const generated = await run(each, { arithmetic, innerLoop: 'i16' })
          reference.forEach(({ data }, at) => expect(generated[at]!.data).toEqual(data))
        }
      },
    )
  })
})

function expectClose(values: Float32Array, expected: Float32Array): void {
  expect(values).toHaveLength(expected.length)
  const { relative, absolute } = floatTolerance
  const wrong = Array.from(expected, (value, at) => ({ at, value, got: values[at]! })).filter(
    ({ value, got }) =>
      !Object.is(value, got) && !(Math.abs(value - got) <= relative * Math.abs(value) + absolute),
  )
  expect(wrong).toEqual([])
}
