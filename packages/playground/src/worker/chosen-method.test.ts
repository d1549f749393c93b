import { expect, it } from 'vitest'
import { catalog, chosenMethod } from './chosen-method.ts'

it('knows everything that it offers', () => {
  for (const scheme of catalog.schemes)
    for (const observer of catalog.observers) {
      const chosen = chosenMethod({ scheme, observer, algorithms: [] })
      expect(chosen.scheme.name).toBe(scheme)
      expect(chosen.observer.name.split(':')[0]).toBe(observer)
    }
})

it('offers what presets ask for', () => {
  expect(catalog.presets.map(({ name }) => name)).toContain('default')
  for (const { scheme, observer, algorithms } of catalog.presets) {
    expect(catalog.schemes).toContain(scheme)
    expect(catalog.observers).toContain(observer)
    expect(catalog.algorithms).toEqual(expect.arrayContaining([...algorithms]))
  }
})
