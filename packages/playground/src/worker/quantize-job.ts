import { improve } from '@quantrx/algorithms'
import { collectReport, publishedClassNames } from '@quantrx/cli/browser'
import type { Opener } from '@quantrx/core'
import { readModel, writeModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { calibrate } from './calibrate.ts'
import { chosenMethod } from './chosen-method.ts'
import { firstInput } from './first-input.ts'
import type { ChosenSamples, Outcome, QuantizeRequest, RunProgress } from './messages.ts'
import { openChosen } from './open-samples.ts'
import { preparationOf, preparePixels } from './prepare-pixels.ts'
import { throttle } from './throttle.ts'

const tellEveryMilliseconds = 100

/**
 * Quantizes a model as the command line does, and measures what it cost.
 *
 * @throws what the stages throw.
 */
export async function quantizeJob(
  request: QuantizeRequest,
  onProgress: (progress: RunProgress) => void,
): Promise<Outcome> {
  const started = performance.now()
  const { method, calibration: chosen, test = chosen, pixels } = request
  const content = new Uint8Array(await request.model.arrayBuffer())
  const model = readModel(content)
  const { scheme, observer } = chosenMethod(method)
  const open = await openPrepared(chosen, model, request)
  const notes: string[] = []
  const { calibration, layers } = await calibrate(model, open, observer, (done, seen) =>
    onProgress({ step: 'calibrate', done, layers: seen }),
  )
  const { algorithms } = method
  const { signal } = new AbortController()
  const candidate = await improve(
    { model, calibration, scheme, algorithms, open },
    {
      note: (text) => notes.push(text),
      watch: (step, work) => {
        onProgress({ step, done: 0 })
        return work((done, total) => onProgress({ step, done, total }))
      },
    },
  )
  const bytes = writeModel(candidate.model)
  const measuring = throttle(tellEveryMilliseconds)
  const document = await collectReport({
    source: { path: request.model.name, model, content },
    result: { path: resultName(request), model: candidate.model, content: bytes },
    test: { name: test.name, open: await openPrepared(test, model, request) },
    calibration: { name: chosen.name, samples: calibration.samples },
    ...{ scheme: candidate.scheme, observer: candidate.observer, floatOperators: candidate.floatOperators },
    ...{ arithmetic: 'tflite', signal },
    recipe: { ...method, samples: calibration.samples, preparation: preparationOf(pixels) },
    onSample: (done) => measuring.offer(() => onProgress({ step: 'measure', done })),
  })
  const seconds = (performance.now() - started) / 1000
  return { method, document, model: bytes, layers, notes, seconds }
}

async function openPrepared(
  samples: ChosenSamples,
  model: Model,
  { pixels }: QuantizeRequest,
): Promise<Opener> {
  return preparePixels(
    await openChosen(samples, firstInput(model), await publishedClassNames(model)),
    model,
    pixels,
  )
}

const resultName = ({ model, method }: QuantizeRequest): string =>
  model.name.replace(/(\.tflite)?$/, `.${method.scheme}.tflite`)
