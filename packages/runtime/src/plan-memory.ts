/** Bytes that are needed from one moment to another, both included. */
export interface MemoryRequest {
  readonly bytes: number
  readonly from: number
  readonly to: number
}

/** Where each request stands in one block of memory. */
export interface MemoryPlan {
  /** One for each request, multiples of {@link alignment}. */
  readonly addresses: readonly number[]
  /** Size of the block. */
  readonly arenaBytes: number
  /** Most bytes that are needed at one moment, alignment included: no plan can do with less. */
  readonly liveBytes: number
}

/** Addresses are multiples of this many bytes, so that no vector crosses a cache line. */
export const alignment = 16

/**
 * Places requests so that those whose times overlap do not overlap in memory: largest first, each at the lowest address
 * that is free for its time (Pisarchyk and Lee, "Efficient Memory Management for Deep Neural Net Inference", 2020). Where
 * that leaves holes, what ends up on top is placed earlier, a few times over, and the smallest plan is taken.
 *
 * @example
 * planMemory([{ bytes: 32, from: 0, to: 1 }, { bytes: 16, from: 2, to: 2 }]).arenaBytes // 32
 */
export function planMemory(requests: readonly MemoryRequest[]): MemoryPlan {
  const sizes = sizesOf(requests)
  const liveBytes = mostLiveBytes(requests)
  let order = requests.map((_, index) => index).sort((a, b) => sizes[b]! - sizes[a]! || a - b)
  let best = place(requests, sizes, order)
  let plan = best
  for (let attempt = 0; attempt < attempts && best.arenaBytes > liveBytes; attempt++) {
    const endOf = (index: number): number => plan.addresses[index]! + sizes[index]!
    const top = order.findIndex((index) => endOf(index) === plan.arenaBytes)
    if (top === 0) break
    order = [order[top]!, ...order.slice(0, top), ...order.slice(top + 1)]
    plan = place(requests, sizes, order)
    if (plan.arenaBytes < best.arenaBytes) best = plan
  }
  return { ...best, liveBytes }
}

const attempts = 30

/** Places one request after the other. */
function place(
  requests: readonly MemoryRequest[],
  sizes: readonly number[],
  order: readonly number[],
): Pick<MemoryPlan, 'addresses' | 'arenaBytes'> {
  const addresses = requests.map(() => 0)
  const placed: number[] = []
  let arenaBytes = 0
  for (const index of order) {
    const { from, to } = requests[index]!
    let address = 0
    for (const other of placed) {
      if (requests[other]!.from > to || requests[other]!.to < from) continue
      if (address + sizes[index]! <= addresses[other]!) break
      address = Math.max(address, addresses[other]! + sizes[other]!)
    }
    addresses[index] = address
    arenaBytes = Math.max(arenaBytes, address + sizes[index]!)
    insertByAddress(placed, index, addresses)
  }
  return { addresses, arenaBytes }
}

function insertByAddress(placed: number[], index: number, addresses: readonly number[]): void {
  const at = placed.findIndex((other) => addresses[other]! > addresses[index]!)
  placed.splice(at === -1 ? placed.length : at, 0, index)
}

const sizesOf = (requests: readonly MemoryRequest[]): readonly number[] =>
  requests.map(({ bytes }) => Math.ceil(bytes / alignment) * alignment)

/** Most bytes that are needed at one moment, alignment included. */
export function mostLiveBytes(requests: readonly MemoryRequest[]): number {
  const sizes = sizesOf(requests)
  const changes = requests.flatMap(({ from, to }, index) => [
    { at: from, bytes: sizes[index]! },
    { at: to + 1, bytes: -sizes[index]! },
  ])
  // What ends at a moment is free for what starts at it.
  changes.sort((a, b) => a.at - b.at || a.bytes - b.bytes)
  let live = 0
  let most = 0
  for (const { bytes } of changes) {
    live += bytes
    most = Math.max(most, live)
  }
  return most
}
