import { buildProgram } from '../build-program.ts'
import { threadedModel } from './threaded-model.conformance.ts'

// Run as a process of its own, which must end although nothing ends the threads.
const options = { arithmetic: 'tflite', innerLoop: 'i16', subgraph: 0, threads: 2 } as const
const program = await buildProgram(threadedModel(), options)
const [input] = program.inputs
program.run([{ type: 'float32', shape: input!.shape, data: new Float32Array(input!.data.length) }])
process.stdout.write(`${program.threads} threads\n`)
