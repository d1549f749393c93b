import type { ByteSource } from '@quantrx/tflite'

/** The file operations the command line needs; injected so that failures such as a full disk can be tested. */
export interface FileSystem {
  readFile(path: string): Promise<Uint8Array>
  /** Size of a file in bytes. */
  size(path: string): Promise<number>
  /** Opens a file to read it in parts, as long as the process lives. */
  open(path: string, byteLength: number): ByteSource
  /** Writes a file of one or many parts. */
  writeFile(path: string, content: Uint8Array | Iterable<Uint8Array>): Promise<void>
  /** Makes a folder, and those around it, where there is none. */
  makeFolder(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
}
