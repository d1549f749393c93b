import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

interface Enumerator {
  readonly value: number
}

interface List<Item> {
  size(): number
  get(index: number): Item
}

interface Deletable {
  delete(): void
}

/** Element type and shape of a LiteRT tensor. */
export interface LiteRtTensorType extends Deletable {
  elementType(): Enumerator
  layout(): { dimensions(): List<number> }
}

type LiteRtLayout = Deletable

/** Memory of a LiteRT tensor. */
export interface LiteRtBuffer extends Deletable {
  lock(mode: Enumerator): number
  unlock(): void
}

/** A model before compilation. */
export interface LiteRtModel extends Deletable {
  getSignature(index: number): { inputNames(): List<string>; outputNames(): List<string> }
  getInputTensorType(signature: number, index: number): LiteRtTensorType
  getOutputTensorType(signature: number, index: number): LiteRtTensorType
}

/** A model that runs. */
export interface LiteRtCompiledModel extends Deletable {
  run(signature: number, inputs: readonly LiteRtBuffer[]): Promise<readonly LiteRtBuffer[]>
}

/** Opaque: where LiteRT keeps its accelerators. */
export type LiteRtEnvironment = Deletable

/** What is used of LiteRT's WebAssembly module, below its public API, which wants a browser and refuses int8. */
export interface LiteRtModule {
  readonly HEAPU8: Uint8Array
  readonly LiteRtEnvironment: { create(gpuDevice: null): LiteRtEnvironment }
  readonly VectorInt32: new () => Deletable & { push_back(value: number): void }
  readonly LiteRtLayout: { create(dimensions: Deletable): LiteRtLayout }
  readonly LiteRtRankedTensorType: { create(elementType: Enumerator, layout: LiteRtLayout): LiteRtTensorType }
  readonly LiteRtTensorBuffer: {
    createManaged(
      environment: LiteRtEnvironment,
      bufferType: Enumerator,
      tensorType: LiteRtTensorType,
      byteLength: number,
    ): LiteRtBuffer
  }
  readonly LiteRtTensorBufferType: { readonly HOST_MEMORY: Enumerator }
  readonly LiteRtTensorBufferLockMode: { readonly READ: Enumerator; readonly WRITE: Enumerator }
  _malloc(byteLength: number): number
  _free(pointer: number): void
  loadModel(environment: LiteRtEnvironment, pointer: number, byteLength: number): LiteRtModel
  compileModel(
    environment: LiteRtEnvironment,
    model: LiteRtModel,
    options: LiteRtCompileOptions,
  ): Promise<LiteRtCompiledModel>
}

/** How a model is compiled. */
export interface LiteRtCompileOptions {
  readonly environment: { readonly liteRtEnvironment: LiteRtEnvironment }
  readonly accelerator: 'wasm'
  readonly cpuOptions: { readonly numThreads: number }
}

/** The module, its one environment, and what it has printed since `log` was last emptied. */
export interface LiteRt {
  readonly module: LiteRtModule
  readonly environment: LiteRtEnvironment
  readonly log: string[]
}

/**
 * Builds of LiteRT for one thread: `compat` needs no flag and no browser anywhere; `internal` is the faster one, with relaxed
 * SIMD, for Node 22 and newer.
 */
export type LiteRtBuild = 'compat' | 'internal'

const files: Readonly<Record<LiteRtBuild, string>> = {
  compat: 'litert_wasm_compat_internal',
  internal: 'litert_wasm_internal',
}

const loading = new Map<LiteRtBuild, Promise<LiteRt>>()

/** Loads a build of LiteRT, once per process. */
export function loadLiteRt(build: LiteRtBuild = 'compat'): Promise<LiteRt> {
  const known = loading.get(build) ?? load(files[build])
  loading.set(build, known)
  return known
}

type ModuleFactory = (options: {
  readonly wasmBinary: Uint8Array
  readonly print: (line: string) => void
  readonly printErr: (line: string) => void
}) => Promise<LiteRtModule>

async function load(file: string): Promise<LiteRt> {
  const require = createRequire(import.meta.url)
  const folder = join(dirname(require.resolve('@litertjs/core/package.json')), 'wasm')
  const script = join(folder, `${file}.js`)
  // The script is CommonJS in a package of ES modules, so neither import nor require loads it.
  const evaluate = new Function(
    'require',
    '__filename',
    '__dirname',
    `${readFileSync(script, 'utf8')}\nreturn ModuleFactory`,
  ) as (...scope: readonly unknown[]) => ModuleFactory
  const log: string[] = []
  const module = await evaluate(
    require,
    script,
    folder,
  )({
    wasmBinary: readFileSync(join(folder, `${file}.wasm`)),
    print: (line) => log.push(line),
    printErr: (line) => log.push(line),
  })
  return { module, environment: module.LiteRtEnvironment.create(null), log }
}
