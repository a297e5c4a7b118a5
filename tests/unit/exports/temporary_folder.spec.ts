import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'

test.group('Temporary folders', () => {
  test('are made once there is a place for them, though there was none at first', async ({
    assert,
    cleanup,
  }) => {
    const home = await mkdtemp(join(tmpdir(), 'place-'))
    const before = process.env.TMPDIR
    process.env.TMPDIR = join(home, 'missing')
    cleanup(async () => {
      if (before === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = before
      await rm(home, { recursive: true })
    })
    // As in a process that makes its first.
    const url = new URL('../../../app/exports/temporary_folder.ts?first', import.meta.url)
    const { temporaryFolder } = (await import(
      url.href
    )) as typeof import('#exports/temporary_folder')
    await assert.rejects(temporaryFolder, /ENOENT.*mkdtemp/)
    await mkdir(process.env.TMPDIR)
    const folder = await temporaryFolder()
    assert.isTrue((await stat(folder)).isDirectory())
  })
})
