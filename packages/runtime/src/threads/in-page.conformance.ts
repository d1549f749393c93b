import { buildProgram } from '../build-program.ts'
import { compile } from '../compile.ts'
import { randomInputs } from '../turbo/random-inputs.ts'
import { threadedModel } from './threaded-model.conformance.ts'

/**
 * What a page tells of the test model: the bytes of all tensors, of several inferences run as a whole and one by one. In hexadecimal
 * digits, as hundreds of thousands of numbers take seconds to leave a page and to be compared.
 */
export async function inferencesWith(threads: number): Promise<readonly string[]> {
  const options = { arithmetic: 'tflite', innerLoop: 'i16', subgraph: 0, threads } as const
  const program = await buildProgram(threadedModel(), options)
  const results = Array.from({ length: 8 }, (_, seed) => {
    const bytes: string[] = []
    const inputs = randomInputs(program, seed)
    const outputs = program.run(inputs)
    const keep = ({ data }: (typeof outputs)[number]): void => {
      for (const byte of new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
        bytes.push(byte.toString(16).padStart(2, '0'))
    }
    outputs.forEach(keep)
    if (seed === 7) program.run(inputs, keep)
    return bytes.join('')
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
