/** A stream of pseudo-random numbers that depends on its seed alone. */
export interface Random {
  /** Uniform in [0, 1), with 32 random bits. */
  next(): number
  /** Uniform integer in [0, bound). */
  integer(bound: number): number
  /** Normal with mean 0 and standard deviation 1 (Irwin-Hall sum of 12 uniforms: exact arithmetic on every engine). */
  normal(): number
}

/**
 * Seeded random numbers, the same on every engine: only 32-bit integer arithmetic is involved
 * (Weyl sequence with the 32-bit finalizer of MurmurHash3).
 *
 * @example
 * const random = seededRandom(1)
 * random.integer(6)
 */
export function seededRandom(seed: number): Random {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0
    let bits = state
    bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
    return ((bits ^ (bits >>> 16)) >>> 0) / 4294967296
  }
  return {
    next,
    integer: (bound) => Math.floor(next() * bound),
    normal() {
      let sum = -6
      for (let draw = 0; draw < 12; draw++) sum += next()
      return sum
    },
  }
}
