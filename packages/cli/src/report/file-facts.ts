import type { FileFacts } from '@quantrx/report'

/** Name, size and SHA-256 of a file; works in browsers as well. */
export async function fileFacts(path: string, content: Uint8Array): Promise<FileFacts> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content as Uint8Array<ArrayBuffer>))
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return { name: path.replace(/^.*[/\\]/, ''), bytes: content.byteLength, sha256 }
}
