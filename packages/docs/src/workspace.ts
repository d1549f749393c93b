import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds the whole workspace. */
export const workspace = fileURLToPath(new URL('../../..', import.meta.url))

/** The folder of the site: its pages and what is made for them. */
export const site = join(workspace, 'packages/docs')

/** Pages and pictures that are made from code; git does not keep them. */
export const generatedFolder = join(site, 'generated')

/** Pages of the reference; git does not keep them either. */
export const apiFolder = join(site, 'api')
