import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '@quantrx/kernels'
import { horizontalAxis, linear, verticalAxis } from '../chart.ts'
import type { DemoFacts } from '../demo-facts.ts'
import { label, picture, polyline } from '../svg.ts'

const lowest = -128

/** From int32 sums to int8 outputs, as the first channel of a layer does it. */
export function requantization({ stored }: DemoFacts): string {
  const [input, weight, output] = ['pooled', 'branch/filter', 'branch'].map((name) => stored(name).scales[0]!)
  const factor = (input! * weight!) / output!
  const { multiplier, shift } = quantizeMultiplier(factor)
  const zeroPoint = stored('branch').zeroPoints[0]!
  const sums = Array.from({ length: 701 }, (_, at) => -1400 + at * 10)
  const outputOf = (sum: number): number =>
    Math.max(lowest, multiplyByQuantizedMultiplier(sum, multiplier, shift) + zeroPoint)
  const x = linear([sums[0]!, sums.at(-1)!], [60, 700])
  const y = linear([lowest, -119], [220, 50])
  return picture(
    ...([760, 275] as const),
    polyline(
      sums.flatMap((sum, at): [number, number][] => {
        const [before, now] = [outputOf(sums[Math.max(0, at - 1)]!), outputOf(sum)]
        const atEnd = at === 0 || at === sums.length - 1
        return before === now && !atEnd ? [] : [before, now].map((output) => [x(sum), y(output)])
      }),
      'curve integer',
    ),
    verticalAxis(y, [lowest, -119], { at: 56, title: 'int8 output', ticks: [-128, -125, -122, -119] }),
    horizontalAxis(x, [sums[0]!, sums.at(-1)!], {
      at: 222,
      title: 'int32 sum',
      ticks: [-1400, 0, 1400, 2800, 4200, 5600],
    }),
    label(x(-1300), 190, 'below 0: the activation RELU', 'start'),
    label(x(2300), 90, `a step is 1 / M = ${(1 / factor).toFixed(1)} of the sum`, 'end'),
  )
}
