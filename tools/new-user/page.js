// What a page of a user does: it fetches a model and samples, and gives back an integer model and a report. Bundled from installed
// packages.
import { collectReport } from '@quantrx/cli/browser'
import { arrow } from '@quantrx/data/arrow'
import { renderReport } from '@quantrx/report'
import { improve, infer, int8, minMax, observe, readModel, samples, writeModel } from 'quantrx'
import { lastValueFrom } from 'rxjs'

const fetchBytes = async (address) => new Uint8Array(await (await fetch(address)).arrayBuffer())

/** Quantizes as the command line does when nothing else is said. */
export async function quantize(modelAddress, samplesAddress) {
  const content = await fetchBytes(modelAddress)
  const model = readModel(content)
  const open = arrow(await fetchBytes(samplesAddress))
  const calibration = await lastValueFrom(samples(open).pipe(infer(model), observe({ minmax: minMax() })))
  const algorithms = ['bias-correction']
  const plan = { model, calibration, scheme: int8(), algorithms, open }
  const { model: integer, scheme, observer, floatOperators } = await improve(plan)
  const bytes = writeModel(integer)
  const document = await collectReport({
    source: { path: modelAddress, model, content },
    result: { path: 'integer.tflite', model: integer, content: bytes },
    test: { name: samplesAddress, open },
    calibration: { name: samplesAddress, samples: calibration.samples },
    ...{ scheme, observer, floatOperators, arithmetic: 'tflite', signal: new AbortController().signal },
    recipe: { scheme, observer, algorithms, samples: calibration.samples },
  })
  return { bytes: Array.from(bytes), report: renderReport(document) }
}
