import { name, signed, unsigned, vector } from './encode.ts'
import type { Bytes } from './encode.ts'

/** A function of a module. */
export interface ModuleFunction {
  /** Number of i32 parameters. */
  readonly parameters: number
  /** Number of i32 results, 0 when left out. */
  readonly results?: 0 | 1
  /** As {@link FunctionBuilder.finish} gives it. */
  readonly code: Uint8Array
  /** Under which name it is exported, if it is. */
  readonly exportName?: string
}

/** Bytes that stand in memory from the start. */
export interface DataSegment {
  readonly address: number
  readonly bytes: Uint8Array
}

/** What a module consists of: functions, one memory and its first contents. */
export interface ModuleParts {
  readonly functions: readonly ModuleFunction[]
  /** Pages of 64 KiB; the memory is exported as `memory`. */
  readonly pages: number
  /** True for a memory that the module imports, as {@link memoryImport} gives it, instead of having its own. */
  readonly imported?: boolean
  /** True for a memory that threads share, which is always imported. */
  readonly shared?: boolean
  readonly data?: readonly DataSegment[]
  /** Whole numbers that are exported, as constant globals, by name. */
  readonly numbers?: Readonly<Record<string, number>>
  /** Position of the function that runs once, when the module is instantiated. */
  readonly start?: number
  /** Custom sections, which engines pass over, by name. */
  readonly custom?: Readonly<Record<string, Uint8Array>>
}

const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
const i32 = 0x7f

function section(id: number, content: Bytes): Uint8Array {
  return Uint8Array.from([id, ...unsigned(content.length)].concat(content))
}

const importModule = 'quantrx'

/** What an instance of a module with imported memory imports. */
export function memoryImport(memory: WebAssembly.Memory): WebAssembly.Imports {
  return { [importModule]: { memory } }
}

/** The bytes of a WebAssembly module (specification 5.5). */
export function moduleBytes(parts: ModuleParts): Uint8Array<ArrayBuffer> {
  const { functions, pages, shared = false, imported = shared, data = [], start, custom = {} } = parts
  const types = [...new Map(functions.map((each) => [typeName(each), each])).values()]
  const exported = functions.flatMap(({ exportName }, index) =>
    exportName === undefined ? [] : [[...name(exportName), 0, ...unsigned(index)]],
  )
  const numbers = Object.entries(parts.numbers ?? {})
  const globals = numbers.map(([key], index) => [...name(key), 3, ...unsigned(index)])
  return joined([
    Uint8Array.from(header),
    section(1, vector(types.map(functionType))),
    ...(imported ? [section(2, vector([memoryImportEntry(pages, shared)]))] : []),
    section(3, vector(functions.map((each) => unsigned(types.map(typeName).indexOf(typeName(each)))))),
    ...(imported ? [] : [section(5, vector([[0, ...unsigned(pages)]]))]),
    ...(numbers.length === 0 ? [] : [globalSection(numbers.map(([, value]) => value))]),
    section(7, vector([...exported, [...name('memory'), 2, 0], ...globals])),
    ...(start === undefined ? [] : [section(8, unsigned(start))]),
    ...longSection(
      10,
      functions.map(({ code }) => [code]),
    ),
    ...(data.length === 0 ? [] : dataSection(data)),
    ...Object.entries(custom).map(([key, bytes]) => section(0, [...name(key), ...bytes])),
  ])
}

type FunctionType = Pick<ModuleFunction, 'parameters' | 'results'>

const typeName = ({ parameters, results = 0 }: FunctionType): string => `${parameters} ${results}`

function functionType({ parameters, results = 0 }: FunctionType): Bytes {
  const numbers = (count: number): Bytes => vector(Array.from({ length: count }, () => [i32]))
  return [0x60, ...numbers(parameters), ...numbers(results)]
}

function memoryImportEntry(pages: number, shared: boolean): Bytes {
  const [withoutMaximum, sharedWithMaximum] = [0, 3]
  const limits = shared
    ? [sharedWithMaximum, ...unsigned(pages), ...unsigned(pages)]
    : [withoutMaximum, ...unsigned(pages)]
  return [...name(importModule), ...name('memory'), 2, ...limits]
}

function globalSection(values: readonly number[]): Uint8Array {
  const constant = 0
  return section(6, vector(values.map((value) => [i32, constant, 0x41, ...signed(value), 0x0b])))
}

function dataSection(segments: readonly DataSegment[]): readonly Uint8Array[] {
  return longSection(
    11,
    segments.map(({ address, bytes }) => [
      Uint8Array.from([0, 0x41, ...signed(address), 0x0b, ...unsigned(bytes.length)]),
      bytes,
    ]),
  )
}

/** A section of items that are worth not copying, each in one part or several. */
function longSection(id: number, items: readonly (readonly Uint8Array[])[]): readonly Uint8Array[] {
  const count = Uint8Array.from(unsigned(items.length))
  const parts = items.flat()
  const size = parts.reduce((total, part) => total + part.length, count.length)
  return [Uint8Array.from([id, ...unsigned(size)]), count, ...parts]
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
