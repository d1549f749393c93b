import { dataError } from '../data-error.ts'

/** Readers that need other packages are loaded when they are asked for, so that other files can be read without these. */
export const arrowSupport = (path: string) =>
  loaded(path, 'apache-arrow', () => import('../arrow-format/read.ts'))

/** The reader of Parquet files; see {@link arrowSupport}. */
export const parquetSupport = (path: string) =>
  loaded(path, 'hyparquet hyparquet-compressors', () => import('../parquet-format/read.ts'))

/** @throws DataError that says what to install. */
async function loaded<Module>(path: string, packages: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load()
  } catch (cause) {
    const found = `no package ${packages.replace(' ', ' or ')} to read it with`
    throw dataError(path, found, 'it to be installed', `Run npm install ${packages}`, cause)
  }
}
