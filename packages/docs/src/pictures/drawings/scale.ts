import { linear, shown } from '../chart.ts'
import type { DemoFacts } from '../demo-facts.ts'
import { label, line, picture, rectangle } from '../svg.ts'

/** The real range of a tensor above, the integers that stand for it below. */
export function scale({ range, stored }: DemoFacts): string {
  const { min, max } = range('minmax', 'dense')
  const { scales, zeroPoints } = stored('dense')
  const [step, zero] = [scales[0]!, zeroPoints[0]!]
  const position = linear([min, max], [70, 690])
  const real = (integer: number): number => step * (integer - zero)
  const pairs = [-128, -64, 0, zero, 127]
  return picture(
    ...([760, 205] as const),
    label(70, 22, 'real numbers', 'start', 'title'),
    label(70, 196, 'stored as int8', 'start', 'title'),
    rectangle(position(min), 56, position(max) - position(min), 8, 'bar float'),
    rectangle(position(real(-128)), 136, position(real(127)) - position(real(-128)), 8, 'bar integer'),
    ...pairs.flatMap((integer) => {
      const x = position(real(integer))
      const isZero = integer === zero
      return [
        line(x, 64, x, 136, isZero ? 'rule strong' : 'rule dashed'),
        label(x, 47, shown(Math.round(real(integer) * 100) / 100), 'middle', isZero ? 'strong' : ''),
        label(x, 162, shown(integer), 'middle', isZero ? 'strong' : ''),
      ]
    }),
    label(position(0) + 8, 104, `zero point ${zero}`, 'start', 'strong'),
    label(position(real(-100)) + 10, 104, `a step is ${shown(step)}, the scale`, 'start'),
  )
}
