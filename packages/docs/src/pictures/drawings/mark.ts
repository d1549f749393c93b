import { picture, polyline } from '../svg.ts'

const [width, height, levels, steps] = [420, 320, 8, 240]

/** A smooth curve and what eight levels make of it: the mark of the site. */
export function mark(): string {
  const value = (at: number): number => Math.sin(at * 5.2 - 0.6) * (0.55 + 0.4 * at)
  const stored = (at: number): number => Math.round(((value(at) + 1) / 2) * (levels - 1)) / (levels - 1)
  const y = (share: number): number => height - 20 - share * (height - 40)
  const positions = Array.from({ length: steps + 1 }, (_, step) => step / steps)
  return picture(
    ...([width, height] as const),
    polyline(
      positions.map((at) => [at * width, y((value(at) + 1) / 2)]),
      'curve float',
    ),
    polyline(
      positions.flatMap((at): [number, number][] => {
        const before = stored(Math.max(0, at - 1 / steps))
        return [
          [at * width, y(before)],
          [at * width, y(stored(at))],
        ]
      }),
      'curve integer',
    ),
  )
}
