import { StageError } from '@quantrx/core'
import type { Calibration, Opener, TensorObserver } from '@quantrx/core'
import { samples } from '@quantrx/data'
import { observe } from '@quantrx/observers'
import { infer } from '@quantrx/runtime'
import type { Model } from '@quantrx/tflite'
import { lastValueFrom, tap } from 'rxjs'
import type { ObservedLayer } from './messages.ts'
import { watchLayers } from './observed-layers.ts'
import { throttle } from './throttle.ts'

/** Told at most ten times a second, and at the end. */
export type CalibrationListener = (done: number, layers: readonly ObservedLayer[]) => void

const tellEveryMilliseconds = 100

/** What came of a calibration: ranges, and what they were chosen from. */
export interface ObservedCalibration {
  readonly calibration: Calibration
  readonly layers: readonly ObservedLayer[]
}

/**
 * Streams samples through the float model once: an observer chooses ranges, and whoever listens sees them form.
 *
 * @throws what the stages throw.
 */
export async function calibrate(
  model: Model,
  open: Opener,
  observer: TensorObserver<unknown>,
  onProgress: CalibrationListener,
): Promise<ObservedCalibration> {
  const watch = watchLayers(model)
  const told = throttle(tellEveryMilliseconds)
  const calibration = await lastValueFrom(
    samples(open).pipe(
      infer(model),
      tap((activation) => watch.add(activation)),
      observe(
        { chosen: observer },
        {
          onProgress: (event) => {
            if ('done' in event) told.offer(() => onProgress(event.done, watch.snapshot()))
          },
        },
      ),
    ),
  )
  told.flush()
  if (calibration.tensors.length === 0) throw nothingSeen()
  return { calibration: calibration as Calibration, layers: watch.snapshot() }
}

const nothingSeen = (): StageError =>
  new StageError({ stage: 'observe', subject: 'model', found: 'no float tensor', expected: 'a float model' })
