const smallestExponent = -540
const largestExponent = 540

function powers(): Float64Array {
  const table = new Float64Array(largestExponent - smallestExponent + 1)
  const one = -smallestExponent
  table[one] = 1
  for (let exponent = 1; exponent <= largestExponent; exponent++) {
    table[one + exponent] = table[one + exponent - 1]! * 2
    table[one - exponent] = table[one - exponent + 1]! / 2
  }
  return table
}

const table = /* @__PURE__ */ powers()

/** 2^exponent, exactly, for integers from -540 to 540. */
export function powerOfTwo(exponent: number): number {
  return table[exponent - smallestExponent]!
}
