/** Attributes of an element; numbers are rounded to a hundredth, so that files stay small. */
export type Attributes = Readonly<Record<string, string | number>>

/** An element with what is inside it. */
export function element(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${typeof value === 'number' ? Math.round(value * 100) / 100 : value}"`,
  )
  return `<${name}${written.join('')}>${inside.join('')}</${name}>`
}

/**
 * A text at a point.
 *
 * @param anchor which part of it is at the point.
 */
export function label(
  x: number,
  y: number,
  text: string,
  anchor: 'start' | 'middle' | 'end' = 'middle',
  kind = '',
): string {
  return element('text', { x, y, 'text-anchor': anchor, class: `label ${kind}`.trim() }, escaped(text))
}

/** A straight line. */
export function line(x1: number, y1: number, x2: number, y2: number, kind = 'rule'): string {
  return element('line', { x1, y1, x2, y2, class: kind })
}

/** Line segments through points. */
export function polyline(points: readonly (readonly [number, number])[], kind = 'curve'): string {
  const at = (value: number): string => String(Math.round(value * 100) / 100)
  return element('polyline', { points: points.map(([x, y]) => `${at(x)},${at(y)}`).join(' '), class: kind })
}

/** A rectangle, given by its left upper corner. */
export function rectangle(x: number, y: number, width: number, height: number, kind: string): string {
  return element('rect', { x, y, width, height, class: kind })
}

/** A whole picture on one line; colors are those of the page that shows it, by the classes of its elements. */
export function picture(width: number, height: number, ...inside: readonly string[]): string {
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, class: 'picture' },
    ...inside,
  )
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
