import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MessageChannel, Worker } from 'node:worker_threads'
import { encodeNpy, randomSamples } from '@quantrx/data'
import { bundleProgram } from '@quantrx/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { portWorkers, runJson, runMain } from '../run-main.conformance.ts'
import { demoFiles } from '../shared/demo-files.ts'
import { distribute } from './distribute.ts'
import { serve } from './serve.ts'
import type { Request } from './serve.ts'
import type { WorkerSource } from './start-workers.ts'
import { nodeWorkers } from './start-workers.ts'
import { workerClient } from './worker-client.ts'

const { model, calibration, test } = demoFiles

/** Real threads, of this package's sources. */
const sourceWorkers: WorkerSource = { cores: 2, start: () => new Worker(program) }

let program = ''
let folder = ''
const at = (name: string): string => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quantrx-'))
  const entry = fileURLToPath(new URL('./sample-worker.ts', import.meta.url))
  program = await bundleProgram(entry, at('program'))
  await quantized('1', 'minmax')
})
afterAll(() => rm(folder, { recursive: true }))

async function quantized(threads: string, observer: string, workers = portWorkers): Promise<Uint8Array> {
  const out = at(`${observer}-${threads}.tflite`)
  const options = ['--data', calibration, '--observer', observer, '--threads', threads, '--out', out]
  expect(await runJson(['quantize', model, ...options], { workers })).toMatchObject({ samples: 200 })
  return readFile(out)
}

describe('quantize', () => {
  it.each(['minmax', 'percentile:99.9'])(
    'writes the same bytes with any number of threads: %s',
    async (observer) => {
      const alone = await quantized('1', observer)
      expect(await quantized('2', observer)).toEqual(alone)
      expect(await quantized('3', observer)).toEqual(alone)
    },
  )

  it('writes the same bytes with real threads', async () => {
    expect(await quantized('2', 'minmax', sourceWorkers)).toEqual(await readFile(at('minmax-1.tflite')))
  })

  it('uses one thread where the order of samples matters, and says so', async () => {
    const options = ['--data', calibration, '--observer', 'moving-average', '--out', at('average.tflite')]
    const alone = await runMain(['quantize', model, ...options])
    const bytes = await readFile(at('average.tflite'))
    const shared = await runMain(['quantize', model, ...options, '--threads', '2'])
    expect([alone.stderr, alone.exitCode, shared.exitCode]).toEqual(['', 0, 0])
    expect(shared.stderr).toBe(
      'quantrx: moving-average:0.9 depends on the order of samples; working on one thread\n',
    )
    expect(await readFile(at('average.tflite'))).toEqual(bytes)
  })

  it('uses one thread where no workers are to be had, and says so', async () => {
    const workers = { cores: 4, start: () => undefined }
    const options = ['--data', calibration, '--out', at('none.tflite'), '--threads', '2']
    const { exitCode, stderr } = await runMain(['quantize', model, ...options], { workers })
    expect([exitCode, stderr]).toEqual([0, 'quantrx: threads need the built package; working on one\n'])
    expect(await readFile(at('none.tflite'))).toEqual(await readFile(at('minmax-1.tflite')))
  })

  it('uses no more threads than there are cores', async () => {
    let started = 0
    const workers = { cores: 2, start: () => (started++, portWorkers.start()) }
    const options = ['--data', calibration, '--out', at('cores.tflite'), '--threads', '3']
    await runJson(['quantize', model, ...options], { workers })
    expect(started).toBe(2)
  })
})

describe('evaluate', () => {
  it.each(['tflite', 'xnnpack'])('tells the same with any number of threads: %s', async (arithmetic) => {
    const command = ['evaluate', at('minmax-1.tflite'), '--data', test, '--against', model]
    const tell = (threads: string): Promise<unknown> =>
      runJson([...command, '--arithmetic', arithmetic, '--threads', threads])
    const alone = await tell('1')
    expect(Object.keys(alone as object)).toContain('outputSqnrDb')
    expect(await tell('2')).toEqual(alone)
    expect(await tell('3')).toEqual(alone)
  })

  it('fails with the same message', async () => {
    await writeFile(
      at('wrong.npy'),
      encodeNpy({ type: 'float32', shape: [3, 5], data: new Float32Array(15) }),
    )
    const command = ['evaluate', model, '--data', at('wrong.npy'), '--against', at('minmax-1.tflite')]
    const alone = await runMain(command)
    expect(alone.stderr).toContain('[evaluate] "sample 0": got a failure of the model')
    expect(await runMain([...command, '--threads', '2'])).toEqual(alone)
  })

  it('stops when it is interrupted', async () => {
    const signal = AbortSignal.timeout(50)
    const command = ['evaluate', model, '--random-samples', '100000', '--against', model, '--threads', '2']
    const { exitCode, stderr } = await runMain(command, { signal })
    expect(exitCode).toBe(1)
    expect(stderr).toContain('no unfinished file is left')
  })
})

describe('workers', () => {
  const calibrate = { kind: 'calibration', observer: 'minmax' } as const

  it('tell what the stages throw, with name and parts', async () => {
    const client = workerClient(portWorkers.start()!, { ...calibrate, model: await readFile(model) })
    const inputs = [{ type: 'float32', shape: [3], data: new Float32Array(3) }] as const
    await expect(client.take({ index: 7, inputs })).rejects.toMatchObject({
      name: 'StageError',
      stage: 'infer',
      subject: 'sample 7',
      message: expect.stringContaining('[infer] "sample 7": got [infer] "image": got a sample of shape [3]'),
    })
    await client.stop()
  })

  it('are sent a sample without the rest of its buffer, and send outputs without the rest of the memory', async () => {
    const bytes = await readFile(model)
    const job = { kind: 'evaluation', model: bytes, reference: bytes, arithmetic: 'tflite' } as const
    const { port1, port2 } = new MessageChannel()
    serve(port2)
    const sent: number[] = []
    const postMessage = (request: Request, transfer: readonly ArrayBuffer[]): void => {
      sent.push(...transfer.map(({ byteLength }) => byteLength))
      port1.postMessage(request, transfer)
    }
    const on = (event: string, listener: never): unknown => port1.on(event, listener)
    const client = workerClient({ on, postMessage, terminate: async () => 0 }, job)
    const data = new Float32Array(10_000).subarray(100, 100 + 576)
    const { output, reference } = await client.take({
      index: 0,
      inputs: [{ type: 'float32', shape: [24, 24, 1], data }],
    })
    port1.close()
    expect([output[0]!.buffer.byteLength, reference?.[0]!.buffer.byteLength]).toEqual([40, 40])
    expect(sent).toEqual([576 * 4])
    expect(data.length).toBe(576)
  })

  it('tell what is wrong with the job when they are asked for the first time', async () => {
    const client = workerClient(portWorkers.start()!, { ...calibrate, model: new Uint8Array(9) })
    await expect(client.end()).rejects.toThrow('[model]')
    await client.stop()
  })

  it('reject what is asked of them when they are gone', async () => {
    const client = workerClient(sourceWorkers.start()!, { ...calibrate, model: new Uint8Array(9) })
    const asked = client.end()
    await client.stop()
    await expect(asked).rejects.toThrow(/^a worker ended with exit code \d$/)
    await expect(client.end()).rejects.toThrow(/^a worker ended with exit code \d$/)
  })

  it('are there when this package is built', () => {
    expect(nodeWorkers.cores).toBeGreaterThanOrEqual(1)
    expect(nodeWorkers.start()).toBeUndefined()
  })
})

describe('distribute', () => {
  const samples = randomSamples({ inputs: [{ shape: [1], type: 'float32' }], count: 20, seed: 1 })

  it('gives results in the order of samples, with few of them on the way', async () => {
    let under = 0
    let most = 0
    const worker = (delay: number) => ({
      take: async (): Promise<undefined> => {
        most = Math.max(most, ++under)
        await new Promise((resolve) => setTimeout(resolve, delay))
        under--
      },
    })
    const seen: number[] = []
    const workers = [worker(8), worker(1), worker(3)]
    for await (const { sample } of distribute<'calibration'>(workers, samples(new AbortController().signal)))
      seen.push(sample.index)
    expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => index))
    expect(most).toBeGreaterThan(3)
    expect(most).toBeLessThanOrEqual(6)
  })

  it('fails at the first sample that fails', async () => {
    const worker = {
      take: ({ index }: { readonly index: number }): Promise<undefined> =>
        index >= 4 ? Promise.reject(new Error(`at ${index}`)) : Promise.resolve(undefined),
    }
    const run = async (): Promise<void> => {
      for await (const _ of distribute<'calibration'>(
        [worker, worker],
        samples(new AbortController().signal),
      ));
    }
    await expect(run()).rejects.toThrow('at 4')
  })
})
