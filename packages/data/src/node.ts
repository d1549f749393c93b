export { arrowFile, npyFile } from './node-files/files.ts'
export { openDataFile } from './node-files/open-data-file.ts'
export type { DataFileOptions } from './node-files/open-data-file.ts'
