/**
 * A process of its own: from nothing to the first result of a model in quantrx. Arguments: the model file and the module that
 * has `readModel` and `compile`. Prints the {@link Stages} as JSON.
 */
import { readFileSync } from 'node:fs'
import type * as Entry from './browser-entry.ts'
import { stageClock } from './stages.ts'

const [path = '', entry = ''] = process.argv.slice(2)
const { stage, stages } = stageClock()
const bytes = readFileSync(path)
stage('read file')
const { compile, readModel } = (await import(entry)) as typeof Entry
stage('import code')
const model = readModel(bytes)
stage('read model')
const program = await compile(model, { arithmetic: 'xnnpack' })
stage('compile')
program.run(
  program.inputs.map(({ shape }) => {
    const data = new Int8Array(shape.reduce((product, size) => product * size, 1))
    return { type: 'int8', shape, data }
  }),
)
stage('run')
console.log(JSON.stringify(stages))
