import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Path of a command that is installed, as the shell would find it; undefined where it is not. */
export function findCommand(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
