/**
 * A process of its own: the first inference of a model with a cold engine, so that what it calls can be recorded. Arguments: the
 * model file and the arithmetic. Prints the inner loop.
 */
import { readFileSync } from 'node:fs'
import { elementCount } from '@quantrx/core'
import type { Tensor } from '@quantrx/core'
import { compile } from '@quantrx/runtime/run'
import type { CompileOptions } from '@quantrx/runtime/run'
import { readModel } from '@quantrx/tflite'

const [path = '', arithmetic] = process.argv.slice(2)
const program = await compile(readModel(readFileSync(path)), { arithmetic } as CompileOptions)
program.run(
  program.inputs.map(({ shape }): Tensor => ({
    type: 'int8',
    shape,
    data: new Int8Array(elementCount(shape)),
  })),
)
console.log(program.innerLoop)
