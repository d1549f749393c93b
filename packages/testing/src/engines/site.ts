import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { chromiumOptions, chromiumPath } from './chromium.ts'

/** A page of a built site, in a browser. */
export interface Site {
  readonly page: Page
  readonly address: string
  /** Compressed bytes of each file that was sent so far, by its path; may be emptied. */
  readonly sent: Map<string, number>
  /** Addresses outside of the site that were asked for. */
  readonly foreign: readonly string[]
  /** What went wrong in the page: uncaught errors and messages of errors. */
  readonly errors: readonly string[]
  close(): Promise<void>
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

/**
 * Serves a folder as plain hosts of static files do, compressed and without headers of their own, and opens it in Chromium.
 *
 * @throws Error where Chromium is not installed or does not start.
 */
export async function openSite(folder: string, options: BrowserContextOptions = {}): Promise<Site> {
  const sent = new Map<string, number>()
  const server = await listening(folder, sent)
  const address = `http://localhost:${(server.address() as AddressInfo).port}/`
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumOptions] })
  const page = await browser.newPage(options)
  const [foreign, errors]: [string[], string[]] = [[], []]
  page.context().on('request', (request) => {
    if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(address))
      foreign.push(request.url())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await page.goto(address)
  const close = async (): Promise<void> => {
    await browser.close()
    server.close()
  }
  return { page, address, sent, foreign, errors, close }
}

async function listening(folder: string, sent: Map<string, number>): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const path = normalize(pathname === '/' ? '/index.html' : pathname)
    readFile(join(folder, path)).then(
      (content) => {
        const body = gzipSync(content)
        sent.set(path, body.length)
        const type = mediaTypes[extname(path)] ?? 'application/octet-stream'
        response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(body)
      },
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((ready) => server.listen(0, 'localhost', ready))
  return server
}
