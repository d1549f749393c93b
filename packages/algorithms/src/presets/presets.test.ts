import { recipe, schemes } from '@quantrx/schemes'
import { expect, it } from 'vitest'
import { balanceFor, presets } from './presets.ts'
import type { Preset } from './presets.ts'

const names = new Set(Object.values<unknown>(schemes).map((make) => (make as () => { name: string })().name))

it.each(Object.entries<Preset>(presets))('%s names a scheme or holds a recipe', (_, { scheme }) => {
  if (typeof scheme === 'string') expect(names).toContain(scheme)
  else expect(recipe(scheme).name).toBe(scheme.name)
})

it.each(Object.entries<Preset>(presets))(
  '%s says what to make alike just where it equalizes',
  (_, preset) => {
    expect(preset.balance !== undefined).toBe(preset.algorithms.includes('equalize'))
    if (preset.balance !== undefined) expect(preset.balance).toBe(balanceFor(String(preset.scheme)))
  },
)
