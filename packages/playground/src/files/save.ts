/** Saves content as a download. */
export function save(name: string, content: Uint8Array | string, type: string): void {
  const address = URL.createObjectURL(new Blob([content as Uint8Array<ArrayBuffer>], { type }))
  const link = document.createElement('a')
  Object.assign(link, { href: address, download: name })
  link.click()
  // Later than the browser needs to begin reading it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
