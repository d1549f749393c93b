import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'vitest'

/** The folder that holds the whole workspace. */
export const workspace = fileURLToPath(new URL('../../..', import.meta.url))

/** Folder of real models, samples and reference results: `QUANTRX_FIXTURES`, or `../shared` beside the project. */
export const fixturesFolder = process.env['QUANTRX_FIXTURES'] ?? join(workspace, '../shared')

/** True when the fixtures are there. */
export const hasFixtures = existsSync(join(fixturesFolder, 'golden'))

/** Path of a fixture. */
export function fixturePath(...segments: readonly string[]): string {
  return join(fixturesFolder, ...segments)
}

/** Bytes of a fixture. */
export function readFixture(...segments: readonly string[]): Uint8Array {
  const { buffer, byteOffset, byteLength } = readFileSync(fixturePath(...segments))
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/**
 * A suite that needs something of the machine: runs where it is there, is skipped with one visible line where it is
 * not, and fails in CI, where nothing may be skipped.
 */
export function describeWith(what: string, present: boolean, name: string, suite: () => void): void {
  if (present) describe(name, suite)
  else if (process.env['CI'] === undefined)
    describe.skip(`${name} (skipped: no ${what})`, () => it('needs it', () => undefined))
  else {
    describe(name, () => {
      it(`finds ${what}`, () => {
        throw new Error(`${what}: missing, but nothing may be skipped in CI`)
      })
    })
  }
}

/** A suite that needs the fixtures. */
export function describeWithFixtures(name: string, suite: () => void): void {
  describeWith('fixtures', hasFixtures, name, suite)
}
