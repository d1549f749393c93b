import { dot, line, text } from '@observablehq/plot'
import type { SymbolType } from '@observablehq/plot'
import type { SweepFacts, SweptFacts } from '../document.ts'
import type { Html } from '../page/html.ts'
import { bytes, decibels, milliseconds, percent } from '../page/numbers.ts'
import { colors, draw } from './draw.ts'

/** A shape for each scheme, and the letter that looks like it. */
const shapes: readonly { readonly symbol: SymbolType & string; readonly letter: string }[] = [
  { symbol: 'circle', letter: '●' },
  { symbol: 'triangle', letter: '▲' },
  { symbol: 'square', letter: '■' },
  { symbol: 'diamond', letter: '◆' },
  { symbol: 'star', letter: '★' },
  { symbol: 'plus', letter: '✚' },
]

/** What the accuracy of candidates is read off. */
interface AccuracyScale {
  readonly label: string
  readonly valueOf: (candidate: SweptFacts) => number
  readonly written: (candidate: SweptFacts) => string
}

/** What accuracy is set against: the less of it, the better. */
export interface Cost {
  readonly name: string
  readonly label: string
  readonly type: 'linear' | 'log'
  readonly valueOf: (candidate: SweptFacts) => number
}

/** The costs that are plotted. */
export const costs: readonly Cost[] = [
  { name: 'size', label: 'size of the file (kB)', type: 'linear', valueOf: (each) => each.bytes / 1000 },
  { name: 'time', label: 'time of an inference (ms)', type: 'log', valueOf: (each) => each.medianMs },
]

/** The letter of each scheme's points. */
export function schemeLetters({
  candidates,
}: SweepFacts): readonly { readonly scheme: string; readonly letter: string }[] {
  return schemesOf(candidates).map((scheme, at) => ({ scheme, letter: shapes[at % shapes.length]!.letter }))
}

/** Top-1 where there are labels, agreement otherwise; ratios where all candidates have the same of these. */
export function accuracyScale(candidates: readonly SweptFacts[]): AccuracyScale {
  const labelled = candidates.every(({ top1 }) => top1 !== undefined)
  const share = (each: SweptFacts): number => each.top1 ?? each.agreement
  if (new Set(candidates.map(share)).size > 1) {
    const label = labelled ? 'top-1 (%)' : 'agreement with the float model (%)'
    return { label, valueOf: (each) => share(each) * 100, written: (each) => percent(share(each)) }
  }
  const finite = (ratio: number): number => Math.max(0, Math.min(100, ratio))
  return {
    label: 'output SQNR (dB)',
    valueOf: (each) => finite(each.outputSqnrDb),
    written: (each) => decibels(each.outputSqnrDb),
  }
}

/** Accuracy against what it costs: a point for each candidate, filled where nothing beats it, with the line of the best. */
export function paretoPlot({ candidates, chosen }: SweepFacts, cost: Cost): Html {
  const scale = accuracyScale(candidates)
  const schemes = schemesOf(candidates)
  const points = candidates
    .map((candidate, at) => ({
      ...{ candidate, number: at + 1, x: cost.valueOf(candidate), y: scale.valueOf(candidate) },
      symbol: shapes[schemes.indexOf(candidate.scheme) % shapes.length]!.symbol,
      title: `${at + 1}: ${candidate.scheme}, ${candidate.observer}, ${candidate.samples} samples: ${scale.written(candidate)}, ${bytes(candidate.bytes)}, ${milliseconds(candidate.medianMs)}`,
    }))
    .filter(({ candidate }) => candidate.sameAs === undefined)
  const best = points.filter(({ candidate }) => candidate.pareto)
  const told = best.map(({ title }) => title).join('; ')
  const styles = { x: 'x', y: 'y', symbol: 'symbol', r: 4.5, title: 'title' } as const
  return draw(`Accuracy against ${cost.name} of ${points.length} candidates. Not beaten: ${told}`, {
    ...{ width: 440, height: 300, marginLeft: 46, marginBottom: 44, marginTop: 36, marginRight: 24 },
    inset: 14,
    style: { background: 'none', fontSize: '12px' },
    x: { label: cost.label, type: cost.type, ticks: 5, ...(cost.type === 'log' ? { tickFormat: '~g' } : {}) },
    y: { label: scale.label, grid: true, ticks: 6 },
    symbol: { type: 'identity' },
    r: { type: 'identity' },
    marks: [
      line(frontLine(best), {
        x: 'x',
        y: 'y',
        curve: 'step-after',
        stroke: colors.integer,
        strokeOpacity: 0.5,
      }),
      dot(
        points.filter(({ candidate }) => !candidate.pareto),
        { ...styles, stroke: colors.float, fill: 'none', strokeWidth: 1.5 },
      ),
      dot(best, { ...styles, fill: colors.integer }),
      dot(
        points.filter(({ number }) => number === chosen + 1),
        { x: 'x', y: 'y', r: 10, stroke: colors.warning, strokeWidth: 1.5 },
      ),
      text(labelsOf(best), { x: 'x', y: 'y', text: 'numbers', dy: -15 }),
    ],
  })
}

/** One label for points of a scheme that are equally accurate: they may lie upon each other. */
function labelsOf(
  points: readonly {
    readonly x: number
    readonly y: number
    readonly number: number
    readonly symbol: string
  }[],
) {
  const keyOf = ({ symbol, y }: { readonly symbol: string; readonly y: number }): string => `${symbol} ${y}`
  return [...new Set(points.map(keyOf))].map((key) => {
    const group = points.filter((point) => keyOf(point) === key)
    return {
      ...{ x: Math.min(...group.map(({ x }) => x)), y: group[0]!.y },
      numbers: group.map(({ number }) => number).join(', '),
    }
  })
}

/** What is reached at most for each cost. */
function frontLine(points: readonly { readonly x: number; readonly y: number }[]) {
  const sorted = [...points].sort((a, b) => a.x - b.x || b.y - a.y)
  let highest = -Infinity
  return sorted.filter(({ y }) => {
    const higher = y > highest
    highest = Math.max(highest, y)
    return higher
  })
}

const schemesOf = (candidates: readonly SweptFacts[]): readonly string[] => [
  ...new Set(candidates.map(({ scheme }) => scheme)),
]
