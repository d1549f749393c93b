import { seededRandom } from '@quantrx/core'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { samples } from '@quantrx/data'
import { arrowFile } from '@quantrx/data/node'
import { minMax, observe } from '@quantrx/observers'
import { workspace } from '@quantrx/testing'
import { codeBlocks, exampleFolder } from '@quantrx/testing/examples'
import { compile, compileStandalone, infer, realValues } from '@quantrx/runtime'
import { int8, quantizeModel } from '@quantrx/schemes'
import type { InputOutputType } from '@quantrx/schemes'
import { readModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { lastValueFrom } from 'rxjs'
import { afterAll, describe, expect, it } from 'vitest'

const demo = join(workspace, 'packages/cli/demo')
const float = readModel(readFileSync(join(demo, 'demo.tflite')))

async function quantized(io: InputOutputType): Promise<Model> {
  const calibration = await lastValueFrom(
    samples(arrowFile(join(demo, 'calibration.arrow'))).pipe(infer(float), observe({ minmax: minMax() })),
  )
  return quantizeModel(float, calibration, int8({ io })).model
}

const [loader = '', use = ''] = codeBlocks('packages/cli/README.md').flatMap(({ language, code }) =>
  language === 'js' ? [code] : [],
)
const folder = exampleFolder()
folder.write('load-model.js', loader)
afterAll(() => folder.remove())

/** Runs images one after the other. */
const runAll = `import { readFile } from 'node:fs/promises'
import { loadModel, read, write } from './load-model.js'

const { inputs, outputs, run } = await loadModel(await readFile('model.wasm'))
const images = JSON.parse(await readFile('images.json', 'utf8'))
const results = images.map((image) => {
  write(inputs[0], image)
  run()
  return [...read(outputs[0])]
})
console.log(JSON.stringify(results))
`

/** Real numbers around those that the model knows, some beyond its range and some halfway between two levels. */
function randomImages(count: number): readonly Float32Array[] {
  const random = seededRandom(11)
  return Array.from({ length: count }, () =>
    Float32Array.from({ length: 576 }, () => Math.round(random.normal() * 400) / 2),
  )
}

describe('the loader of the README', () => {
  it('runs as it stands', async () => {
    folder.write('model.wasm', compileStandalone(float).bytes)
    folder.write('use.js', use)
    expect(await folder.run('use.js')).toContain('Float32Array(10)')
  })

  it.each(['int8', 'uint8', 'float32'] as const)('takes and gives real numbers, %s model', async (io) => {
    const model = await quantized(io)
    const program = await compile(model)
    const images = randomImages(5)
    folder.write('model.wasm', compileStandalone(model).bytes)
    folder.write('images.json', JSON.stringify(images.map((image) => [...image])))
    const expected = images.map((data) => {
      const [output] = program.run([{ type: 'float32', shape: [24, 24], data }])
      return Array.from(realValues(output!))
    })
    folder.write(`run-${io}.js`, runAll)
    expect(JSON.parse(await folder.run(`run-${io}.js`))).toEqual(expected)
  })
})
