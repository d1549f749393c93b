import { seededRandom } from '@quantrx/core'
import { wasm } from '@quantrx/kernels'
import { describe, expect, it } from 'vitest'
import { compile } from '../compile.ts'
import { tinyModel } from '../tiny-model.conformance.ts'
import { compileStandalone } from './compile-standalone.ts'
import type { StandaloneModule } from './compile-standalone.ts'
import type { StandaloneTensor } from './describe-tensor.ts'
import {
  equalLayers,
  floatAndHybrid,
  layerSize,
  reluAndCosine,
  twoLayers,
} from './standalone-models.conformance.ts'

interface Exports {
  readonly memory: WebAssembly.Memory
  run(): void
}

function start({ bytes }: StandaloneModule): WebAssembly.Exports & Exports {
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as WebAssembly.Exports & Exports
}

/** Runs an int8 module that was started. */
function infer(
  { memory, run }: Exports,
  { inputs, outputs }: StandaloneModule,
  values: Int8Array,
): readonly Int8Array[] {
  const view = ({ address, bytes }: StandaloneTensor) => new Int8Array(memory.buffer, address, bytes)
  view(inputs[0]!).set(values)
  run()
  return outputs.map((output) => view(output).slice())
}

function randomInputs(count: number, size = 70): readonly Int8Array[] {
  const random = seededRandom(count)
  return Array.from({ length: count }, () =>
    Int8Array.from({ length: size }, () => random.integer(256) - 128),
  )
}

describe.each(['tflite', 'xnnpack'] as const)('an int8 model, %s arithmetic', (arithmetic) => {
  it('gives what the reference gives, run after run', async () => {
    const standalone = compileStandalone(twoLayers(), { arithmetic })
    const program = await compile(twoLayers(), { arithmetic, innerLoop: 'reference' })
    const exports = start(standalone)
    for (const data of randomInputs(20)) {
      const expected = program.run([{ type: 'int8', shape: [1, data.length], data }])
      expect(infer(exports, standalone, data)).toEqual(expected.map((output) => output.data))
    }
  })

  it('starts with the fast dot product where that is exact, and refuses to start elsewhere', () => {
    const fast = compileStandalone(twoLayers(), { arithmetic, innerLoop: 'usdot' })
    if (!wasm.runsExactDot()) {
      expect(() => start(fast)).toThrow(WebAssembly.validate(fast.bytes) ? WebAssembly.RuntimeError : Error)
      return
    }
    const slow = compileStandalone(twoLayers(), { arithmetic })
    const exports = { fast: start(fast), slow: start(slow) }
    for (const data of randomInputs(20))
      expect(infer(exports.fast, fast, data)).toEqual(infer(exports.slow, slow, data))
  })
})

it('imports nothing', () => {
  expect(WebAssembly.Module.imports(new WebAssembly.Module(compileStandalone(twoLayers()).bytes))).toEqual([])
})

it('says where inputs and outputs are, in globals and in a custom section', () => {
  const standalone = compileStandalone(twoLayers())
  const { memory, run, ...numbers } = start(standalone)
  const [input, scores, hidden] = [...standalone.inputs, ...standalone.outputs]
  expect(input).toMatchObject({ name: 'input', type: 'int8', shape: [1, 70], bytes: 70 })
  expect(scores).toMatchObject({ name: 'scores', bytes: 5, scale: 0.5, zeroPoint: -100 })
  expect([memory.buffer.byteLength, run.length]).toEqual([standalone.memoryBytes, 0])
  const values = Object.entries(numbers).map(([name, global]) => [name, (global as WebAssembly.Global).value])
  expect(Object.fromEntries(values)).toEqual({
    ...{ input0Address: input!.address, input0Bytes: 70 },
    ...{ output0Address: scores!.address, output0Bytes: 5 },
    ...{ output1Address: hidden!.address, output1Bytes: 37 },
  })
  const [section] = WebAssembly.Module.customSections(new WebAssembly.Module(standalone.bytes), 'quantrx')
  const { bytes: _bytes, memoryBytes: _memoryBytes, ...description } = standalone
  expect(JSON.parse(new TextDecoder().decode(section))).toEqual(description)
})

it('holds the weights as bytes', () => {
  const { bytes, memoryBytes } = compileStandalone(twoLayers([320, 256, 8]))
  const weights = 256 * (320 + 8)
  expect(bytes.length).toBeGreaterThan(weights)
  expect(bytes.length).toBeLessThan(1.1 * weights)
  expect(memoryBytes).toBeGreaterThan(2 * weights)
})

it('writes the code of equal layers once', async () => {
  const one = compileStandalone(equalLayers(1))
  const five = compileStandalone(equalLayers(5))
  const program = await compile(equalLayers(5), { innerLoop: 'reference' })
  // Each further layer brings its weights, its parameters and a call.
  const [weights, parameters] = [layerSize ** 2, layerSize * 12]
  expect(five.bytes.length - one.bytes.length).toBeLessThan(4 * (weights + parameters))
  const [data] = randomInputs(1, layerSize)
  const [expected] = program.run([{ type: 'int8', shape: [1, layerSize], data: data! }])
  expect(infer(start(five), five, data!)).toEqual([expected!.data])
})

it('runs layers of float32 activations and integer weights', async () => {
  const standalone = compileStandalone(floatAndHybrid())
  const program = await compile(floatAndHybrid(), { innerLoop: 'reference' })
  const data = Float32Array.of(0.5, -2, 3, 0.25)
  const [expected] = program.run([{ type: 'float32', shape: [1, 4], data }])
  const [bytes] = infer(start(standalone), standalone, new Int8Array(data.buffer))
  expect(new Float32Array(bytes!.buffer)).toEqual(expected!.data)
})

it('names the operators that have no generated code', () => {
  expect(() => compileStandalone(reluAndCosine())).toThrow(
    '[runtime] "operators[1]": got COS (float32 to float32) without generated code, ' +
      'expected generated code for every operator of a standalone module. Quantize the float model to int8',
  )
})

it('refuses outputs that no inference computes', () => {
  const tensors = [
    { name: 'x', shape: [1] },
    { name: 'always', shape: [1], data: Float32Array.of(1) },
  ]
  expect(() => compileStandalone(tinyModel(tensors, [], [0], [1]))).toThrow(
    '[runtime] "always": got an output that is a constant, expected outputs that an inference computes. Remove',
  )
})
