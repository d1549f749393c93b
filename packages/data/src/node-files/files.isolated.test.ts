import { lastValueFrom, toArray } from 'rxjs'
import { expect, it, vi } from 'vitest'
import { samples } from '../samples.ts'
import { arrowFile, npyFile } from './files.ts'

vi.mock('apache-arrow', () => {
  throw new Error('Cannot find package')
})

it('says what to install when Arrow files cannot be read', async () => {
  const reading = lastValueFrom(samples(arrowFile('samples.arrow')).pipe(toArray()))
  await expect(reading).rejects.toMatchObject({
    message:
      '[data] "samples.arrow": got no package apache-arrow to read it with, expected it to be installed. Run npm install apache-arrow',
    cause: expect.anything() as unknown,
  })
})

it('reads other files without it', async () => {
  await expect(lastValueFrom(samples(npyFile('/nowhere/x.npy')))).rejects.toThrow('got no such file')
})
