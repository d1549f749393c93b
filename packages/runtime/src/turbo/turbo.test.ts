import { describeWithFixtures, readFixture } from '@quantrx/testing'
import { readModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { buildProgram } from '../build-program.ts'
import { compile } from '../compile.ts'
import type { GraphOptions } from '../graph.ts'
import type { Program } from '../program.ts'
import { threadedModel } from '../threads/threaded-model.conformance.ts'
import { buildTurboProgram } from './build-turbo-program.ts'
import { randomInputs } from './random-inputs.ts'
import { sameResults } from './same-results.ts'
import { hasTurboFlags } from './v8-flags.ts'

const available = hasTurboFlags() ? 'on' : 'unavailable'
const options = { arithmetic: 'tflite', innerLoop: 'i16', subgraph: 0 } as const

it('is off unless it is asked for', async () => {
  expect((await compile(threadedModel())).turbo).toBe('off')
})

it.each([1, 2])('computes the same bytes with %i threads', async (threads) => {
  const program = await buildTurboProgram(threadedModel(), { ...options, threads })
  expect([program.turbo, program.threads]).toEqual([available, threads])
  expect(sameResults(await buildProgram(threadedModel(), options), program)).toBe(true)
  program.close()
})

it('is not available to the reference', async () => {
  const program = await compile(threadedModel(), { innerLoop: 'reference', turbo: true })
  expect(program.turbo).toBe('unavailable')
})

describeWithFixtures('turbo runs real models', () => {
  it.each(['resnet8_cifar10_int8_official', 'resnet8_cifar10_float'])('%s', async (file) => {
    const model = readModel(readFixture('data/models', `${file}.tflite`))
    expect((await compile(model, { turbo: true })).turbo).toBe(available)
  })
})

/** A program whose last operator gives something else when turbo is asked for. */
async function buildWrongly(closed: GraphOptions[], model: Model, wanted: GraphOptions): Promise<Program> {
  const program = await buildProgram(model, { ...wanted, turbo: false })
  if (wanted.turbo !== true) return program
  return {
    ...program,
    run: (inputs, visit) =>
      program.run(inputs, (tensor, subgraph) => {
        if (tensor === program.outputs[0]) (tensor.data as Float32Array)[3]! += 2 ** -20
        visit?.(tensor, subgraph)
      }),
    close: () => void closed.push(wanted),
  }
}

it('is refused where it computes something else', async () => {
  const closed: GraphOptions[] = []
  const program = await buildTurboProgram(threadedModel(), options, {
    available: true,
    build: (model, wanted) => buildWrongly(closed, model, wanted),
  })
  expect(program.turbo).toBe('refused')
  expect(closed.length).toBe(1)
  expect(sameResults(await buildProgram(threadedModel(), options), program)).toBe(true)
})

it('compares every tensor', async () => {
  const right = await buildProgram(threadedModel(), options)
  const wrong = await buildWrongly([], threadedModel(), { ...options, turbo: true })
  expect(sameResults(right, wrong)).toBe(false)
  expect(randomInputs(right, 1)).not.toEqual(randomInputs(right, 2))
})
