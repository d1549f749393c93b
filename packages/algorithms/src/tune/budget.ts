import { UsageError } from '@quantrx/core'

/** What a quantized model measures up to, compared with the float one. */
export interface Measures {
  /** Share of samples with the float model's class, 0 to 1. */
  readonly agreement: number
  /** Signal-to-quantization-noise ratio of the outputs, in dB. */
  readonly outputSqnrDb: number
  /** Share of samples with the right class, 0 to 1; absent without labels. */
  readonly top1?: number
  readonly floatTop1?: number
}

/** How much accuracy may be lost. */
export type Budget =
  | { readonly kind: 'agreement'; /** Least, 0 to 1. */ readonly least: number }
  | { readonly kind: 'sqnr'; /** Least, in dB. */ readonly least: number }
  | { readonly kind: 'top1-drop'; /** Most, 0 to 1: 0.02 for two points. */ readonly most: number }

const pattern = /^(agreement|sqnr|top1-drop)\s*(>=|<=|[:=])\s*(\d+(?:\.\d+)?)\s*(%|dB)?$/i

/**
 * Reads a budget such as `agreement>=90%`, `agreement>=0.9`, `sqnr>=25dB`, `top1-drop<=2%` or `top1-drop:0.02`. Shares above
 * 1 are per cent.
 *
 * @throws UsageError for anything else.
 *
 * @example
 * parseBudget('agreement>=90%') // { kind: 'agreement', least: 0.9 }
 */
export function parseBudget(text: string): Budget {
  const [, name = '', relation = '', digits = '', unit = ''] = pattern.exec(text.trim()) ?? []
  const kind = name.toLowerCase() as Budget['kind'] | ''
  const wrongWay = relation === (kind === 'top1-drop' ? '>=' : '<=')
  const wrongUnit = unit !== '' && (kind === 'sqnr') !== (unit.toLowerCase() === 'db')
  const number = Number(digits)
  const share = unit === '%' || number > 1 ? number / 100 : number
  if (kind === '' || wrongWay || wrongUnit || (kind !== 'sqnr' && share > 1)) throw unreadable(text)
  if (kind === 'sqnr') return { kind, least: number }
  return kind === 'agreement' ? { kind, least: share } : { kind, most: share }
}

/**
 * How far measures are from a budget: 0 or more where they keep it. In the budget's own unit.
 *
 * @throws UsageError for a top-1 budget without labels.
 */
export function margin(budget: Budget, measures: Measures): number {
  switch (budget.kind) {
    case 'agreement':
      return measures.agreement - budget.least
    case 'sqnr':
      return measures.outputSqnrDb - budget.least
    case 'top1-drop': {
      const { top1, floatTop1 } = measures
      if (top1 === undefined || floatTop1 === undefined) throw withoutLabels()
      return budget.most - (floatTop1 - top1)
    }
  }
}

function unreadable(text: string): UsageError {
  return new UsageError({
    stage: 'command',
    subject: '--budget',
    found: text,
    expected: 'agreement>=90%, sqnr>=25dB or top1-drop<=2%',
  })
}

function withoutLabels(): UsageError {
  return new UsageError({
    stage: 'evaluate',
    subject: 'budget',
    found: 'a bound for top-1 and samples without labels',
    expected: 'labels',
    nextStep: 'Give labels, or bound the agreement with the float model',
  })
}
