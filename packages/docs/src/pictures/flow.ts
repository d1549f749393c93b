import { element, label, line, picture, rectangle } from './svg.ts'

/** A step of a flow: what happens, and what comes out of it. */
export interface Step {
  readonly name: string
  /** Lines below the name. */
  readonly details: readonly string[]
  /** `integer` and `float` have colors of their own. */
  readonly kind: 'integer' | 'float' | 'plain'
}

const boxWidth = 150
const boxHeight = 74
const gap = 34

/** Boxes from left to right with arrows between them; what stands on an arrow is what flows there. */
export function flow(steps: readonly Step[], perRow = steps.length): string {
  const rows = Math.ceil(steps.length / perRow)
  const width = perRow * boxWidth + (perRow - 1) * gap + 8
  const boxes = steps.map((step, at) => {
    const [column, row] = [at % perRow, Math.floor(at / perRow)]
    const [x, y] = [4 + column * (boxWidth + gap), 4 + row * (boxHeight + gap)]
    const arrow = at === 0 ? '' : column > 0 ? arrowRight(x - gap, y + boxHeight / 2) : turn(x, y, width - 4)
    return box(step, x, y) + arrow
  })
  return picture(width, rows * (boxHeight + gap) - gap + 8, ...boxes)
}

function box({ name, details, kind }: Step, x: number, y: number): string {
  const middle = x + boxWidth / 2
  return [
    rectangle(x, y, boxWidth, boxHeight, `box ${kind}`),
    label(middle, y + 24, name, 'middle', 'title'),
    ...details.map((text, at) => label(middle, y + 44 + at * 17, text)),
  ].join('')
}

const arrowRight = (x: number, y: number): string =>
  line(x + 3, y, x + gap - 6, y, 'arrow') + head(x + gap - 3, y)

const head = (x: number, y: number): string =>
  element('path', { d: `M${x} ${y} l-8 -5 v10 z`, class: 'arrow-head' })

/** From the end of one row to the start of the next. */
function turn(x: number, y: number, right: number): string {
  const between = y - gap / 2
  const start = right - boxWidth / 2
  const end = x + boxWidth / 2
  return (
    element('path', { d: `M${start} ${y - gap + 3} V${between} H${end} V${y - 9}`, class: 'arrow' }) +
    element('path', { d: `M${end} ${y - 3} l-5 -8 h10 z`, class: 'arrow-head' })
  )
}
