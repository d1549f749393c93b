import { recipe, schemes } from '@quantrx/schemes'
import type { Scheme } from '@quantrx/schemes'
import { expect, it } from 'vitest'
import { balanceFor } from './balance-for.ts'
import { presets } from './presets.ts'
import type { Preset } from './presets.ts'

const byName = new Map(
  Object.values<unknown>(schemes).map((make) => {
    const scheme = (make as () => Scheme)()
    return [scheme.name, scheme] as const
  }),
)

const schemeOf = ({ scheme }: Preset): Scheme =>
  typeof scheme === 'string' ? byName.get(scheme)! : recipe(scheme)

it.each(Object.entries<Preset>(presets))('%s names a scheme or holds a recipe', (_, { scheme }) => {
  if (typeof scheme === 'string') expect([...byName.keys()]).toContain(scheme)
  else expect(recipe(scheme).name).toBe(scheme.name)
})

it.each(Object.entries<Preset>(presets))(
  '%s says what to make alike just where it equalizes',
  (_, preset) => {
    expect(preset.balance !== undefined).toBe(preset.algorithms.includes('equalize'))
    if (preset.balance !== undefined) expect(preset.balance).toBe(balanceFor(schemeOf(preset)))
  },
)

it('makes weights alike for recipes that say so of most operators, too', () => {
  const rules = [{ scheme: 'int8-per-tensor' }, { position: 'first', scheme: 'int8' }]
  expect(balanceFor(recipe({ name: 'mixed', rules }))).toBe('weights')
  expect(balanceFor(recipe({ name: 'other', rules: [...rules].reverse() }))).toBe('weights')
  expect(balanceFor(recipe({ name: 'channels', rules: [{ scheme: 'int8' }, rules[0]!].reverse() }))).toBe(
    'activations',
  )
  expect(balanceFor({})).toBe('activations')
})
