import { label, line } from './svg.ts'

/** From values to positions. */
export type Position = (value: number) => number

/** A linear scale. */
export function linear(domain: readonly [number, number], positions: readonly [number, number]): Position {
  const [from, to] = domain
  const [start, end] = positions
  return (value) => start + ((value - from) / (to - from)) * (end - start)
}

/** A number to read, with at most three decimals. */
export const shown = (value: number): string => String(Math.round(value * 1000) / 1000).replace('-', '−')

interface AxisOptions {
  readonly at: number
  readonly title: string
  readonly ticks: readonly number[]
  readonly format?: (value: number) => string
}

/** A horizontal axis below what it measures. */
export function horizontalAxis(
  position: Position,
  [from, to]: readonly [number, number],
  { at, title, ticks, format = shown }: AxisOptions,
): string {
  return [
    line(position(from), at, position(to), at),
    ...ticks.flatMap((tick) => [
      line(position(tick), at, position(tick), at + 5),
      label(position(tick), at + 20, format(tick)),
    ]),
    label((position(from) + position(to)) / 2, at + 42, title, 'middle', 'title'),
  ].join('')
}

/** A vertical axis to the left of what it measures; its title stands above it. */
export function verticalAxis(
  position: Position,
  [from, to]: readonly [number, number],
  { at, title, ticks, format = shown }: AxisOptions,
): string {
  return [
    line(at, position(from), at, position(to)),
    ...ticks.flatMap((tick) => [
      line(at - 5, position(tick), at, position(tick)),
      label(at - 9, position(tick) + 4, format(tick), 'end'),
    ]),
    label(at - 9, position(to) - 14, title, 'start', 'title'),
  ].join('')
}
