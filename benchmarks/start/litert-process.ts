/**
 * A process of its own: from nothing to the first result of a model in LiteRT.js. Arguments: the model file, the bytes of its
 * input and the build. Prints the {@link Stages} as JSON.
 */
import { readFileSync } from 'node:fs'
import { loadLiteRt, repeatLiteRt } from '@quantrx/testing'
import type { LiteRtBuild } from '@quantrx/testing'
import { stageClock } from './stages.ts'

const [path = '', inputBytes = '0', build = 'compat'] = process.argv.slice(2)
const { stage, stages } = stageClock()
const bytes = readFileSync(path)
stage('read file')
await loadLiteRt(build as LiteRtBuild)
stage('start engine')
await repeatLiteRt(bytes, [new Uint8Array(Number(inputBytes))], build as LiteRtBuild)
stage('load, compile and run')
console.log(JSON.stringify(stages))
