import { mostLiveBytes } from '../plan-memory.ts'
import type { MemoryPlan, MemoryRequest } from '../plan-memory.ts'

/** Scratch memory of a share of an operator. */
export interface ScratchRequest extends MemoryRequest {
  /** Which of the operator's shares. */
  readonly share: number
}

/** Plans must be aligned to this, so that no two threads write to one line of their caches. */
const cacheLineBytes = 64

/** Bytes of activations that the nearer caches of two cores hold: what they do not hold comes from far away anyhow. */
const mostOwnedBytes = 2 * 1024 * 1024

/**
 * Places requests so that a thread finds in its cache what it is about to overwrite: a line that another thread has written
 * before must be fetched from the cache of its core. Activations follow each other only on those of the same size, which are
 * divided at the same places, and shares have scratch memory of their own, which is the same for all operators.
 *
 * @param plan what places activations if there are too many for that.
 * @returns addresses of the activations, then those of scratch memory.
 */
export function planOwnedMemory(
  activations: readonly MemoryRequest[],
  scratch: readonly ScratchRequest[],
  plan: (requests: readonly MemoryRequest[]) => MemoryPlan,
): MemoryPlan {
  const owned = planSlots(activations, ({ bytes }) => bytes)
  const first = owned.arenaBytes <= mostOwnedBytes ? owned : plan(activations)
  const start = aligned(first.arenaBytes)
  const own = planSlots(scratch, ({ share }) => share)
  return {
    addresses: [...first.addresses, ...own.addresses.map((address) => start + address)],
    arenaBytes: start + own.arenaBytes,
    liveBytes: mostLiveBytes([...activations, ...scratch]),
  }
}

interface Slot {
  readonly kind: number
  bytes: number
  /** Until when it is taken. */
  to: number
}

/** Gives each request a slot of its kind that is free, or a new one. */
function planSlots<Request extends MemoryRequest>(
  requests: readonly Request[],
  kindOf: (request: Request) => number,
): Pick<MemoryPlan, 'addresses' | 'arenaBytes'> {
  const slots: Slot[] = []
  const slotOf = new Map<Request, Slot>()
  for (const request of [...requests].sort((a, b) => a.from - b.from)) {
    const kind = kindOf(request)
    let slot = slots.find((each) => each.kind === kind && each.to < request.from)
    if (slot === undefined) slots.push((slot = { kind, bytes: 0, to: 0 }))
    slot.bytes = Math.max(slot.bytes, request.bytes)
    slot.to = request.to
    slotOf.set(request, slot)
  }
  const starts = new Map<Slot, number>()
  let end = 0
  for (const slot of slots) {
    starts.set(slot, end)
    end += aligned(slot.bytes)
  }
  return { addresses: requests.map((request) => starts.get(slotOf.get(request)!)!), arenaBytes: end }
}

const aligned = (bytes: number): number => Math.ceil(bytes / cacheLineBytes) * cacheLineBytes
