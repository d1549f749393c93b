/** What a long-running stage tells while it works. Libraries never print; the command line draws these. */
export type ProgressEvent =
  | { readonly stage: 'observe'; readonly kind: 'sample'; readonly done: number }
  | { readonly stage: 'quantize'; readonly kind: 'candidate'; readonly strategy: string }
  | { readonly stage: 'evaluate'; readonly kind: 'sample'; readonly strategy: string; readonly done: number }

/** Receives progress events; called synchronously, so it should return fast. */
export type ProgressListener = (event: ProgressEvent) => void
