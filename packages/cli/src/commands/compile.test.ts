import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { wasm } from '@quantrx/kernels'
import { builtinCodeFields, readModel, writeModel } from '@quantrx/tflite'
import { compileStandalone } from '@quantrx/runtime'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeFiles } from '../environment.ts'
import { runJson, runMain } from '../run-main.conformance.ts'
import { demoFiles } from '../shared/demo-files.ts'

let folder = ''
const at = (name: string): string => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quantrx-'))
  const { model, calibration } = demoFiles
  await runJson(['quantize', model, '--out', at('int8.tflite'), '--data', calibration, '--io', 'int8'])
  await runJson(['quantize', model, '--scheme', 'dynamic', '--out', at('dynamic.tflite')])
  const { operatorCodes = [], ...others } = readModel(await readFile(model))
  const cosines = operatorCodes.map((code) =>
    code.builtinCode === 'SOFTMAX' ? { ...code, ...builtinCodeFields('COS') } : code,
  )
  await writeFile(at('cosine.tflite'), writeModel({ ...others, operatorCodes: cosines }))
})
afterAll(() => rm(folder, { recursive: true }))

describe('compile', () => {
  it('writes a module that needs nothing else, and says where its inputs and outputs are', async () => {
    const result = await runJson(['compile', at('int8.tflite'), '--out', at('int8.wasm')])
    const bytes = await readFile(at('int8.wasm'))
    expect(result).toMatchObject({
      ...{ out: at('int8.wasm'), bytes: bytes.length, imports: [] },
      ...{ arithmetic: 'tflite', innerLoop: 'i16' },
      inputs: [{ name: 'image', type: 'int8', shape: [1, 24, 24, 1], bytes: 576 }],
      outputs: [{ name: 'digit', type: 'int8', shape: [1, 10], bytes: 10, scale: 1 / 256, zeroPoint: -128 }],
    })
    const module = await WebAssembly.compile(bytes)
    expect(WebAssembly.Module.imports(module)).toEqual([])
    const { memory } = (await WebAssembly.instantiate(module)).exports
    expect((memory as WebAssembly.Memory).buffer.byteLength).toBe(result['memoryBytes'])
  })

  it.each([
    [['--arithmetic', 'xnnpack'], { arithmetic: 'xnnpack' }],
    [['--inner-loop', 'usdot'], { innerLoop: 'usdot' }],
  ] as const)('takes %j', async (args, options) => {
    const result = await runJson(['compile', at('int8.tflite'), '--out', at('other.wasm'), ...args])
    expect(result).toMatchObject(options)
    const model = readModel(await readFile(at('int8.tflite')))
    expect(new Uint8Array(await readFile(at('other.wasm')))).toEqual(compileStandalone(model, options).bytes)
  })

  it('warns where the fast dot product would not start', async () => {
    const args = ['compile', at('int8.tflite'), '--out', at('fast.wasm'), '--inner-loop', 'usdot']
    const { exitCode, stderr } = await runMain(args)
    expect([exitCode, stderr !== '']).toEqual([0, !wasm.runsExactDot()])
  })

  it.each([
    ['float models', demoFiles.model],
    ['integer weights beside real activations', 'dynamic.tflite'],
  ])('compiles %s, too', async (_, model) => {
    await runJson(['compile', resolve(folder, model), '--out', at('other.wasm')])
    expect(WebAssembly.validate(await readFile(at('other.wasm')))).toBe(true)
  })

  it('prints a table for people', async () => {
    const { exitCode, stdout } = await runMain(['compile', at('int8.tflite'), '--out', at('int8.wasm')])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/wrote .*int8\.wasm: \d+ bytes, \d+ bytes of memory, no imports/)
    expect(stdout).toMatch(/input +image +int8 +\[1, 24, 24, 1\] +\d+ +576/)
  })

  it('names the operators that have no generated code, and writes nothing', async () => {
    const { exitCode, stdout, stderr } = await runMain([
      'compile',
      at('cosine.tflite'),
      '--out',
      at('c.wasm'),
    ])
    expect([exitCode, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/"operators\[\d+\]": got COS \(float32 to float32\) without generated code/)
    expect(await readdir(folder)).not.toContain('c.wasm')
  })

  it('leaves the old file where writing fails', async () => {
    await writeFile(at('old.wasm'), 'old')
    const writeFails = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }))
    const files = { ...nodeFiles, writeFile: writeFails }
    const { exitCode, stderr } = await runMain(['compile', at('int8.tflite'), '--out', at('old.wasm')], {
      files,
    })
    expect(exitCode).toBe(1)
    expect(stderr).toContain('got a full disk')
    expect(await readFile(at('old.wasm'), 'utf8')).toBe('old')
  })

  it.each([
    [['int8.tflite'], "required option '--out <file.wasm>' not specified"],
    [['--out', 'x'], "missing required argument 'model'"],
    [['int8.tflite', '--out', 'x', '--inner-loop', 'i8'], 'Allowed choices are i16, usdot'],
  ])('is wrong usage: %j', async (args, message) => {
    const { exitCode, stdout, stderr } = await runMain(['compile', ...args])
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })
})
