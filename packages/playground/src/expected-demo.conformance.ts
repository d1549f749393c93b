import { readFile } from 'node:fs/promises'
import { correctBias } from '@quantrx/algorithms'
import { samples } from '@quantrx/data'
import { arrow } from '@quantrx/data/arrow'
import { agreement, evaluate, sqnr, top1 } from '@quantrx/evaluators'
import { minMax, observe } from '@quantrx/observers'
import { compileStandalone, infer } from '@quantrx/runtime'
import { int8, quantize } from '@quantrx/schemes'
import { readModel, writeModel } from '@quantrx/tflite'
import { lastValueFrom, tap } from 'rxjs'

/** The files of the demo, where the command line has them. */
export const demoFile = (name: string): Promise<Buffer> =>
  readFile(new URL(`../../cli/demo/${name}`, import.meta.url))

/** What the libraries make of the demo by the default method, without a browser: the stages of `quantrx demo`. */
export async function expectedDemo() {
  const model = readModel(await demoFile('demo.tflite'))
  const calibration = arrow(await demoFile('calibration.arrow'))
  let bytes: Uint8Array = new Uint8Array()
  const { metrics, floatMetrics } = await lastValueFrom(
    samples(calibration).pipe(
      infer(model),
      observe({ minmax: minMax() }),
      quantize(model, int8()),
      correctBias(calibration),
      tap((candidate) => (bytes = writeModel(candidate.model))),
      evaluate(arrow(await demoFile('test.arrow')), [top1(), agreement(), sqnr()]),
    ),
  )
  return { bytes, wasm: compileStandalone(readModel(bytes)).bytes, metrics, floatMetrics }
}
