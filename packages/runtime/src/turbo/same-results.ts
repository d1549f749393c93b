import type { Program } from '../program.ts'
import { randomInputs } from './random-inputs.ts'

const checkedInputs = 3

/** True when two programs of one model compute the same bytes, at every tensor, of a few random inputs; their variables are reset. */
export function sameResults(a: Program, b: Program): boolean {
  const same = compareRuns(a, b)
  for (const program of [a, b]) program.reset()
  return same
}

function compareRuns(a: Program, b: Program): boolean {
  return Array.from({ length: checkedInputs }, (_, seed) => randomInputs(a, seed)).every((inputs) => {
    const expected: Uint8Array[] = []
    a.run(inputs, (tensor) => expected.push(bytesOf(tensor).slice()))
    let at = 0
    let same = true
    b.run(inputs, (tensor) => {
      same &&= equal(bytesOf(tensor), expected[at++])
    })
    return same && at === expected.length
  })
}

const bytesOf = ({ data }: Program['outputs'][number]): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength)

function equal(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return a.length === b?.length && a.every((byte, at) => byte === b[at])
}
