import { buildProgram } from '../build-program.ts'
import { compile } from '../compile.ts'
import { randomInputs } from '../turbo/random-inputs.ts'
import { threadedModel } from './threaded-model.conformance.ts'

/** What a page tells of the test model: the bytes of all tensors, of several inferences run as a whole and one by one. */
export async function inferencesWith(threads: number): Promise<readonly (readonly number[])[]> {
  const options = { arithmetic: 'tflite', innerLoop: 'i16', subgraph: 0, threads } as const
  const program = await buildProgram(threadedModel(), options)
  const results = Array.from({ length: 8 }, (_, seed) => {
    const bytes: number[] = []
    const inputs = randomInputs(program, seed)
    const outputs = program.run(inputs)
    const keep = ({ data }: (typeof outputs)[number]): void => {
      for (const byte of new Uint8Array(data.buffer, data.byteOffset, data.byteLength)) bytes.push(byte)
    }
    outputs.forEach(keep)
    if (seed === 7) program.run(inputs, keep)
    return bytes
  })
  program.close()
  return results
}

/** How many threads are of use here. */
export async function threadsOf(wanted: number): Promise<number> {
  const program = await compile(threadedModel(), { threads: wanted })
  program.close()
  return program.threads
}
