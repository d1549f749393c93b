import { fakeQuantization, roundHalfAwayFromZero } from '@quantrx/core'
import type { FakeQuantOptions } from '@quantrx/core'
import { mapElements } from '../../shared/elements.ts'
import type { ElementsMap } from '../../shared/elements.ts'

/** FAKE_QUANT: real numbers as integers would have them, clamped to their range and rounded to one of them, in float32. */
export function fakeQuant(options: FakeQuantOptions): ElementsMap<number> {
  const { scale, zeroPoint, lowest, highest } = fakeQuantization(options)
  const [min, max] = [lowest, highest].map((level) => Math.fround((level - zeroPoint) * scale)) as [
    number,
    number,
  ]
  const perScale = scale === 0 ? 0 : Math.fround(1 / scale)
  return mapElements((value) => {
    const level = roundHalfAwayFromZero(
      Math.fround(Math.fround(Math.min(max, Math.max(min, value)) - min) * perScale),
    )
    return Math.fround(Math.fround(level * scale) + min)
  })
}
