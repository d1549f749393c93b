import { fileURLToPath } from 'node:url'

/** Absolute path of the folder that holds the whole workspace. */
export const workspaceRoot = fileURLToPath(new URL('..', import.meta.url))
