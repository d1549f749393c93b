/**
 * Makes the model and the samples of `quantrx demo`: draws the data, trains the network, writes the files into the
 * command's package. `--check` makes them again and compares with what is there; the bytes must be the same.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeArrow } from '@quantrx/data/arrow'
import { writeModel } from '@quantrx/tflite'
import { workspaceRoot } from '../workspace-root.ts'
import { drawDataset, imageSize } from './dataset.ts'
import type { Dataset } from './dataset.ts'
import { exportModel } from './export.ts'
import { accuracy, train } from './network.ts'

const folder = join(workspaceRoot, 'packages/cli/demo')
const requiredAccuracy = 0.97
const seeds = { train: 1, calibration: 2, test: 3, weights: 4 }
const training = { seed: seeds.weights, epochs: 8, batchSize: 24, learningRate: 0.006 }

const trainSet = drawDataset(3000, seeds.train)
const testSet = drawDataset(1000, seeds.test)
console.log(`training on ${trainSet.count} digits, seed ${training.seed}, ${training.epochs} epochs`)
const weights = await train(trainSet, {
  ...training,
  onEpoch: (epoch, loss) => console.log(`epoch ${epoch}: loss ${loss.toFixed(4)}`),
})
const reached = accuracy(weights, testSet)
console.log(`test accuracy ${(reached * 100).toFixed(2)} % of ${testSet.count}`)
if (reached < requiredAccuracy)
  throw new Error(`the accuracy is below ${requiredAccuracy * 100} %; nothing was written`)

const files: Readonly<Record<string, Uint8Array>> = {
  'demo.tflite': writeModel(exportModel(weights)),
  'calibration.arrow': encode(drawDataset(200, seeds.calibration)),
  'test.arrow': encode(testSet),
}

function encode({ images, labels }: Dataset): Uint8Array {
  return encodeArrow({ column: 'image', shape: [imageSize, imageSize, 1], data: images, labels })
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const check = process.argv.includes('--check')
mkdirSync(folder, { recursive: true })
for (const [name, bytes] of Object.entries(files)) {
  const path = join(folder, name)
  if (check) {
    const same = digest(readFileSync(path)) === digest(bytes)
    console.log(`${same ? 'same  ' : 'OTHER '} ${name} ${bytes.length} bytes ${digest(bytes)}`)
    if (!same) process.exitCode = 1
  } else {
    writeFileSync(`${path}.tmp`, bytes)
    renameSync(`${path}.tmp`, path)
    console.log(`wrote ${name} ${bytes.length} bytes ${digest(bytes)}`)
  }
}
