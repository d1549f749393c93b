import { operatorKind } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { mainGraph } from '../graph/slice-operators.ts'

/** What one operator can become, from the smallest to the most accurate. */
export type TunedScheme = 'int4' | 'int8' | 'int16x8' | 'float'

/** What one operator becomes, and why. */
export interface OperatorChoice {
  /** Position in the float model. */
  readonly index: number
  /** Name of its output. */
  readonly name: string
  readonly kind: string
  readonly scheme: TunedScheme
  readonly why: string
}

/** A recipe as plain JSON, as `recipe` of `@quantrx/schemes` reads it. */
export interface TunedRecipe {
  readonly name: string
  /** For people: what was looked for, and what it takes besides the recipe. */
  readonly why: string
  readonly rules: readonly {
    readonly scheme: TunedScheme
    readonly tensors?: string
    readonly why: string
  }[]
}

/** The recipe of some choices: one rule for everything, and one for each operator that is an exception. */
export function recipeOf(choices: readonly OperatorChoice[], base: TunedScheme, why: string): TunedRecipe {
  const exceptions = choices
    .filter(({ scheme }) => scheme !== base)
    .map(({ name, scheme, why: reason }) => ({ tensors: `^${escaped(name)}$`, scheme, why: reason }))
  return { name: 'tuned', why, rules: [{ scheme: base, why: 'everything else' }, ...exceptions] }
}

/** Every operator of the main subgraph, as `base`. */
export function everything(model: Model, base: TunedScheme, why: string): readonly OperatorChoice[] {
  const { operators = [], tensors = [] } = mainGraph(model)
  return operators.map((operator, index) => {
    const name = tensors[operator.outputs?.[0] ?? -1]?.name ?? ''
    return { index, name, kind: operatorKind(model, operator), scheme: base, why }
  })
}

/** The same choices with another scheme for some operators. */
export function withScheme(
  choices: readonly OperatorChoice[],
  scheme: TunedScheme,
  reasons: ReadonlyMap<number, string>,
): readonly OperatorChoice[] {
  return choices.map((choice) => {
    const why = reasons.get(choice.index)
    return why === undefined ? choice : { ...choice, scheme, why }
  })
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
