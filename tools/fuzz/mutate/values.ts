import type { Random } from '@quantrx/core'
import { enums } from '@quantrx/tflite'

/** One of several values. */
export const pick = <Value>(random: Random, values: readonly Value[]): Value =>
  values[random.integer(values.length)]!

const integers: Readonly<Record<string, readonly number[]>> = {
  byte: [-128, -1, 0, 1, 32, 126, 127],
  ubyte: [0, 1, 127, 128, 255],
  short: [-32768, -1, 0, 1, 32767],
  ushort: [0, 1, 255, 32768, 65535],
  int: [
    -(2 ** 31),
    -65536,
    -2,
    -1,
    0,
    1,
    2,
    3,
    4,
    5,
    7,
    8,
    16,
    127,
    255,
    1000,
    46341,
    65536,
    2 ** 30,
    2 ** 31 - 1,
  ],
  uint: [0, 1, 2, 3, 4, 127, 65536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1],
}
const floats = [
  0,
  -0,
  1,
  -1,
  0.5,
  2,
  1e-45,
  1e-38,
  1e-20,
  1e-6,
  1e6,
  3.4e38,
  -3.4e38,
  NaN,
  Infinity,
  -Infinity,
]
const longs = [
  0n,
  1n,
  -1n,
  127n,
  -128n,
  128n,
  255n,
  2n ** 31n,
  -(2n ** 31n),
  2n ** 53n,
  2n ** 63n - 1n,
  -(2n ** 63n),
]

/** Another value of a scalar or an enumeration: one at which programs go wrong, or one near the old. */
export function otherScalar(random: Random, type: string, old: unknown): unknown {
  if (Object.hasOwn(enums, type)) return otherName(random, type as keyof typeof enums)
  switch (type) {
    case 'bool':
      return old !== true
    case 'float':
    case 'double':
      return random.integer(4) === 0 ? Math.fround(Number(old ?? 1) * 1.5) : Math.fround(pick(random, floats))
    case 'long':
      return random.integer(4) === 0
        ? BigInt.asIntN(64, BigInt((old as bigint | undefined) ?? 0n) + 1n)
        : pick(random, longs)
    case 'ulong':
      return BigInt.asUintN(64, pick(random, longs))
    default:
      return otherInteger(random, type, Number(old ?? 0))
  }
}

function otherInteger(random: Random, type: string, old: number): number {
  const choices = integers[type] ?? [0]
  const near = old + pick(random, [-2, -1, 1, 2])
  const fits = near >= choices[0]! && near <= choices.at(-1)!
  const choice = random.integer(5)
  if (choice === 0 && fits) return near
  return choice < 3 ? random.integer(12) : pick(random, choices)
}

function otherName(random: Random, type: keyof typeof enums): string {
  const { values, storage } = enums[type]
  const newer = storage === 'byte' ? random.integer(128) : random.integer(1000)
  return random.integer(8) === 0 ? `UNKNOWN_${newer}` : pick(random, Object.keys(values))
}

/** Other bytes: shorter, longer, or with some of them replaced; whole integers often, since many buffers hold such. */
export function otherBytes(random: Random, old: Uint8Array): Uint8Array {
  const choice = random.integer(6)
  if (choice === 0) return new Uint8Array()
  if (choice === 1) return old.slice(0, random.integer(old.length + 1))
  if (choice === 2)
    return Uint8Array.from({ length: old.length + 1 + random.integer(64) }, (_, at) => old[at] ?? at)
  const bytes = old.slice()
  const view = new DataView(bytes.buffer)
  for (let changes = 1 + random.integer(4); changes > 0 && bytes.length > 0; changes--) {
    const at = random.integer(bytes.length)
    const aligned = at & ~3
    if (choice === 3 || aligned + 4 > bytes.length) bytes[at] = random.integer(256)
    else if (choice === 4)
      view.setInt32(aligned, Number(otherScalar(random, 'int', view.getInt32(aligned, true))), true)
    else view.setFloat32(aligned, Number(otherScalar(random, 'float', view.getFloat32(aligned, true))), true)
  }
  return bytes
}
