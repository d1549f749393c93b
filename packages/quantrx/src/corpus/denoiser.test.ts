import { allocate, seededRandom } from '@quantrx/core'
import type { Calibration, Tensor } from '@quantrx/core'
import { compile } from '@quantrx/runtime'
import { dynamic, quantizeModel } from '@quantrx/schemes'
import {
  describeWith,
  describeWithTfLite22,
  openTfLite22,
  openTfLite29,
  tfLite29Path,
} from '@quantrx/testing'
import type { Oracle } from '@quantrx/testing'
import { readModel, writeModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { denoiser } from './families/denoiser.ts'

const calls = 6

/** The largest difference over calls whose states go on from one to the next, as a part of the largest value. */
async function differenceOverCalls(model: Model, oracle: Oracle): Promise<number> {
  const random = seededRandom(3)
  const program = await compile(model)
  const shape = program.inputs[0]!.shape
  let [largest, magnitude] = [0, 0]
  for (let call = 0; call < calls; call++) {
    const data = allocate('float32', 40).map(() => random.normal())
    const [expected] = await oracle.run([new Uint8Array(data.buffer)])
    const here = program.run([{ type: 'float32', shape, data } as Tensor])[0]!.data as Float32Array
    new Float32Array(expected!.buffer).forEach((value, at) => {
      largest = Math.max(largest, Math.abs(value - here[at]!))
      magnitude = Math.max(magnitude, Math.abs(value))
    })
  }
  oracle.close()
  expect(magnitude).toBeGreaterThan(0)
  return largest / magnitude
}

const model = denoiser.model()

describeWithTfLite22('the denoiser', () => {
  it('runs as in TensorFlow Lite over calls that hand on their states', async () => {
    expect(await differenceOverCalls(model, await openTfLite22(writeModel(model)))).toBeLessThan(1e-5)
  })
})

const path = tfLite29Path()
const notCalibrated: Calibration = {
  ...{ kind: 'calibration', strategy: 'none', observer: 'none', samples: 0, tensors: [] },
}

describeWith('TensorFlow Lite 2.9 library', path !== undefined, 'the denoiser with int8 weights', () => {
  it('runs as in TensorFlow Lite over calls that hand on their states', async () => {
    const { model: hybrid } = quantizeModel(model, notCalibrated, dynamic())
    const bytes = writeModel(hybrid)
    const kinds = hybrid.operatorCodes?.map(({ builtinCode, version }) => [builtinCode, version])
    expect(kinds).toContainEqual(['UNIDIRECTIONAL_SEQUENCE_LSTM', 3])
    // A sum of float32 in another order may make another integer of the next layer's input.
    const difference = await differenceOverCalls(readModel(bytes), openTfLite29(path ?? '', bytes))
    expect(difference).toBeLessThan(0.01)
  })
})
