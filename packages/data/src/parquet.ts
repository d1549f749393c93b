export type { ByteSource } from './byte-source.ts'
export type { ParquetColumns } from './parquet-format/columns.ts'
export { parquet, parquetRows } from './parquet-format/read.ts'
export type { ParquetOptions } from './parquet-format/read.ts'
