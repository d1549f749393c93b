import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeNpy } from '../npy/encode.ts'
import { openDataFile } from '../node-files/open-data-file.ts'
import { readAll } from '../read-all.conformance.ts'
import { httpSource, httpStream } from './http-source.ts'

const bytes = encodeNpy({ type: 'uint8', shape: [3, 2], data: Uint8Array.of(1, 2, 3, 4, 5, 6) })
const asked: string[] = []
let server: Server
let origin = ''

beforeAll(async () => {
  server = createServer((request, response) => {
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
    asked.push(`${request.url} ${request.headers.range ?? 'all'}`)
    if (request.url === '/missing.npy') response.writeHead(404).end()
    else if (request.url === '/broken.npy') {
      response
        .writeHead(200, { 'content-length': bytes.length })
        .write(bytes.subarray(0, 9), () => response.destroy())
    } else if (request.url?.startsWith('/ranged') === true && range !== null) {
      const [start, end] = [Number(range[1]), Number(range[2])]
      response
        .writeHead(206, { 'content-range': `bytes ${start}-${end}/${bytes.length}` })
        .end(bytes.subarray(start, end + 1))
    } else response.end(bytes)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

describe('a source behind an address', () => {
  it('is read by ranges where the server knows them', async () => {
    asked.length = 0
    const source = await httpSource(`${origin}/ranged.npy`)
    expect(source.size).toBe(bytes.length)
    expect(await source.read(128, 131)).toEqual(bytes.slice(128, 131))
    expect(asked).toEqual(['/ranged.npy bytes=0-0', '/ranged.npy bytes=128-130'])
  })

  it.each(['ranged.npy?version=1', 'whole.npy'])('opens like a file: %s', async (path) => {
    const all = await readAll(await openDataFile(`${origin}/${path}`))
    expect(all.map(({ inputs }) => inputs[0]?.data[0])).toEqual([1, 3, 5])
  })

  it.each([
    ['missing.npy', 'missing.npy": got status 404 Not Found, expected the data. Check the address'],
    ['broken.npy', 'broken.npy": got a transfer that broke off'],
  ])('names what it did not get: %s', async (path, message) => {
    await expect(httpSource(`${origin}/${path}`)).rejects.toThrow(message)
  })

  it('names a server that does not answer', async () => {
    await expect(httpSource('http://127.0.0.1:1/x.npy')).rejects.toThrow('x.npy": got no answer (')
  })

  it('gives the reason of an abort', async () => {
    await expect(httpSource(`${origin}/whole.npy`, AbortSignal.abort(new Error('enough')))).rejects.toThrow(
      'enough',
    )
  })

  it('streams', async () => {
    const chunks: Uint8Array[] = []
    for await (const chunk of (await httpStream(`${origin}/whole.npy`)).stream) chunks.push(chunk)
    expect(new Uint8Array(Buffer.concat(chunks))).toEqual(bytes)
    const broken = await httpStream(`${origin}/broken.npy`)
    await expect(broken.stream.next().then(() => broken.stream.next())).rejects.toThrow('broke off')
  })
})
