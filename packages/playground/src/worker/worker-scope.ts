/** What this package uses of a worker's global scope: the type library of workers contradicts that of pages. */
export interface WorkerScope<Incoming, Outgoing> {
  onmessage: ((event: { readonly data: Incoming }) => void) | null
  postMessage(message: Outgoing, transfer?: readonly ArrayBuffer[]): void
}
