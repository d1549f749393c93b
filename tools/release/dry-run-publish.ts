import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** What npm would publish. */
export interface PublishedFiles {
  readonly name: string
  readonly version: string
  readonly files: readonly { readonly path: string }[]
}

const execute = promisify(execFile)

/**
 * What `npm publish` would publish of the package in a folder. Asks no registry, so it needs neither a network nor a login.
 *
 * @throws Error with what npm says when it would refuse.
 */
export async function dryRunPublish(folder: string): Promise<PublishedFiles> {
  // Nothing listens there: npm would ask whether the version is taken, and goes on without an answer.
  const registry = ['--registry', 'http://127.0.0.1:9/', '--fetch-retries', '0']
  const args = ['publish', '--dry-run', '--json', '--ignore-scripts', ...registry]
  const { stdout } = await execute('npm', args, { cwd: folder, maxBuffer: 2 ** 26 })
  const told = JSON.parse(stdout) as PublishedFiles | Readonly<Record<string, PublishedFiles>>
  // npm 10 tells it at once, npm 11 by the name of the package.
  const [published] =
    'files' in told && Array.isArray(told.files) ? [told as PublishedFiles] : Object.values(told)
  if (published === undefined) throw new Error(`npm publish --dry-run told nothing of ${folder}`)
  return published as PublishedFiles
}

/**
 * What is wrong with the files of a package, nothing when all is well.
 *
 * @param version The version that is to be published.
 */
export function complaints(published: PublishedFiles, name: string, version: string): readonly string[] {
  const paths = published.files.map(({ path }) => path)
  const needed = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md']
  const tests = paths.filter((path) =>
    /\.(test|test-d|conformance)\.|^(dist|src)\/(corpus|real-models)\//.test(path),
  )
  return [
    ...(published.name === name ? [] : [`is called ${published.name}`]),
    ...(published.version === version ? [] : [`has version ${published.version}, expected ${version}`]),
    ...needed.filter((path) => !paths.includes(path)).map((path) => `lacks ${path}`),
    ...(paths.some((path) => /^dist\/.*\.js$/.test(path)) ? [] : ['lacks code: run npm run build first']),
    ...(paths.some((path) => /^dist\/.*\.d\.ts$/.test(path)) ? [] : ['lacks types']),
    ...tests.map((path) => `brings ${path}, which only our tests need`),
  ]
}
