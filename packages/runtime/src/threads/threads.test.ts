import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Tensor } from '@quantrx/core'
import type { Arithmetic } from '@quantrx/kernels'
import { bundleProgram, describeWithFixtures, readFixture } from '@quantrx/testing'
import { readModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { buildProgram } from '../build-program.ts'
import { compile } from '../compile.ts'
import { checkGraph } from '../graph.ts'
import { chooseInnerLoop } from '../inner-loop.ts'
import type { Program } from '../program.ts'
import { randomInputs } from '../turbo/random-inputs.ts'
import { threadedModel } from './threaded-model.conformance.ts'

const innerLoop = chooseInnerLoop('auto')
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

const options = (arithmetic: Arithmetic, threads: number) =>
  ({ arithmetic, innerLoop, subgraph: 0, threads }) as const

/** A program of as many threads as are asked for, whatever the number of cores. */
const built = (model: Model, arithmetic: Arithmetic, threads: number): Promise<Program> =>
  buildProgram(model, options(arithmetic, threads))

const digest = ({ data: { buffer, byteOffset, byteLength } }: Program['outputs'][number]): string =>
  createHash('sha1')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex')

/** Every tensor of an inference in which operators run one by one. */
function activationsOf(program: Program, inputs: readonly Tensor[]): readonly string[] {
  const seen: string[] = []
  program.run(inputs, (tensor) => seen.push(`${tensor.name} ${digest(tensor)}`))
  return seen
}

const outputsOf = (program: Program, inputs: readonly Tensor[]): readonly string[] =>
  program.run(inputs).map(digest)

async function expectSameResults(model: Model, arithmetic: Arithmetic, runs: number): Promise<void> {
  const single = await built(model, arithmetic, 1)
  expect(single.threads).toBe(1)
  const inputs = Array.from({ length: runs }, (_, seed) => randomInputs(single, seed))
  const outputs = inputs.map((each) => outputsOf(single, each))
  const activations = activationsOf(single, inputs[0]!)
  for (const threads of [2, 3, 4]) {
    const program = await built(model, arithmetic, threads)
    expect(program.threads).toBe(threads)
    expect(outputsOf(program, inputs[0]!)).toEqual(outputs[0])
    // Long enough for the other threads to fall asleep.
    await pause(20)
    expect(activationsOf(program, inputs[0]!)).toEqual(activations)
    expect(inputs.map((each) => outputsOf(program, each))).toEqual(outputs)
    program.close()
  }
}

describe.each(['tflite', 'xnnpack'] as const)('%s: threads compute the same bytes as one', (arithmetic) => {
  it('with operators on the reference and small ones in between', async () => {
    await expectSameResults(threadedModel(), arithmetic, 40)
  })

  const integers = [
    'resnet8_cifar10_int8_official',
    'kws_dscnn_int8_official',
    'mobilenet_v1_0.25_224_uint8_qat_official',
  ]
  // The arithmetic of floats differs in where the bias is added, of which one of them shows enough.
  const floats = ['resnet8_cifar10_float', 'mobilenet_v1_0.25_224_float']
  describeWithFixtures('in real models', () => {
    it.each([...integers, ...floats.slice(arithmetic === 'tflite' ? 0 : 1)])('%s', async (file) => {
      await expectSameResults(readModel(readFixture('data/models', `${file}.tflite`)), arithmetic, 5)
    })
  })
})

it('is made of convolutions that are divided into two or four shares, small operators, and one for the reference', async () => {
  const { operators } = checkGraph(threadedModel(), options('tflite', 2))
  const threads = operators.map(({ kind, kernels }) => [kind, kernels.length])
  expect(threads.filter(([kind]) => kind === 'CONV_2D').map(([, count]) => count)).toEqual([4, 4, 2, 4, 2])
  expect(threads).toContainEqual(['SIN', 0])
  expect(threads).toContainEqual(['SOFTMAX', 1])
})

it('uses one thread where there is nothing to divide', async () => {
  const model = threadedModel({ size: 2 })
  expect((await built(model, 'tflite', 3)).threads).toBe(1)
})

it('ends its threads once, and runs no more', async () => {
  const program = await compile(threadedModel(), { threads: 2 })
  const inputs = randomInputs(program, 0)
  program.run(inputs)
  program.close()
  program.close()
  expect(() => program.run(inputs)).toThrow('[infer] "program": got a run after close()')
})

it('does not keep the process alive', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'quantrx-threads-'))
  const path = fileURLToPath(new URL('./forgotten-threads.conformance.ts', import.meta.url))
  const script = await bundleProgram(path, folder)
  const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: 30_000 })
  expect(stdout).toBe('2 threads\n')
  await rm(folder, { recursive: true })
})
