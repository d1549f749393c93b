import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { describeWith } from '../fixtures.ts'
import { findCommand } from './find-command.ts'

const path = findCommand('chromium')

/** Without what a test does not need. */
export const chromiumOptions: readonly string[] = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

/**
 * Where Chromium is.
 *
 * @throws Error where it is not installed.
 */
export function chromiumPath(): string {
  if (path === undefined) throw new Error('no chromium in PATH')
  return path
}

/** An empty page of a web site. */
export interface Page {
  /** The value of an expression, awaited; what JSON can say. */
  evaluate(expression: string): Promise<unknown>
  close(): Promise<void>
}

/** The browser of this process: it serves all pages, each with a profile of its own, until none has been open for a second. */
let browser: Promise<Browser> | undefined
let pages = 0

/** Forgets a page; ends the browser when no other is opened soon. */
function leavePage(): void {
  pages--
  setTimeout(() => {
    if (pages > 0) return
    void browser?.then((unused) => unused.close())
    browser = undefined
  }, 1000)
}

const mediaTypes: Readonly<Record<string, string>> = { js: 'text/javascript', wasm: 'application/wasm' }

/** What a server sends so that a page may share memory with its workers. */
const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

/**
 * Opens a page in Chromium, of a site whose files are given by name.
 *
 * @param isolated whether the page is cross-origin isolated.
 * @throws Error where Chromium is not installed or does not start.
 */
export async function openPage(
  files: Readonly<Record<string, string | Uint8Array>>,
  isolated = false,
): Promise<Page> {
  pages++
  browser ??= chromium.launch({ executablePath: chromiumPath(), args: [...chromiumOptions] })
  const context = await (await browser).newContext()
  const page = await context.newPage()
  await page.route('**/*', async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1)
    const file = files[name]
    const contentType = mediaTypes[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
    const headers = isolated ? isolationHeaders : {}
    if (name === '') await route.fulfill({ headers, contentType: 'text/html', body: '<!doctype html>' })
    else if (file === undefined) await route.fulfill({ status: 404 })
    else
      await route.fulfill({ headers, contentType, body: typeof file === 'string' ? file : Buffer.from(file) })
  })
  await page.goto('http://localhost/')
  return {
    evaluate: (expression) => page.evaluate(expression),
    close: () => context.close().finally(leavePage),
  }
}

/** A suite that needs Debian's `chromium`, or another of that name. */
export function describeWithChromium(name: string, suite: () => void): void {
  describeWith('chromium', path !== undefined, name, suite)
}
