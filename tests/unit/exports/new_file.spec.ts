import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { test } from '@japa/runner'
import { writeNewFile } from '#exports/new_file'

/** Writes half a file and then waits for ever. */
const STALLING = `
  import { PassThrough } from 'node:stream'
  import { writeNewFile } from '#exports/new_file'
  setInterval(() => {}, 1000)
  const content = new PassThrough()
  content.write('half of it')
  await writeNewFile(process.argv[1], async () => content)`

test.group('A new file', (group) => {
  let folder: string
  let path: string
  group.each.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'new-file-'))
    path = join(folder, 'export.zip')
    return () => rm(folder, { recursive: true })
  })

  const write = (text = 'whole') => writeNewFile(path, async () => Readable.from([text]))

  /** A process that is in the middle of writing the file. */
  async function writing() {
    const args = [
      '--import=./bin/support/typescript.mjs',
      '--input-type=module',
      '-e',
      STALLING,
      path,
    ]
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'ignore', 'inherit'] })
    const partial = `${path}.orchestrate-${child.pid}.partial`
    while ((await stat(partial).catch(() => ({ size: 0 }))).size === 0) {
      await new Promise((go) => setTimeout(go, 20))
    }
    return {
      partial,
      pid: child.pid,
      async kill() {
        child.kill('SIGKILL')
        await once(child, 'exit')
      },
    }
  }

  test('is readable by its owner alone, and nothing is left beside it', async ({ assert }) => {
    assert.deepEqual(await write(), { problem: null, removed: 0 })
    assert.equal(await readFile(path, 'utf8'), 'whole')
    assert.equal((await stat(path)).mode & 0o777, 0o600)
    assert.deepEqual(await readdir(folder), ['export.zip'])
  })

  test('never has its name if its writer was killed; the next run removes the half and says so', async ({
    assert,
  }) => {
    const writer = await writing()
    const half = [basename(writer.partial)]
    assert.deepEqual(await readdir(folder), half)
    const problem = `Process ${writer.pid} is writing ${path} now`
    assert.deepEqual(await write(), { problem, removed: 0 })
    assert.equal(await readFile(writer.partial, 'utf8'), 'half of it')

    await writer.kill()
    assert.deepEqual(await readdir(folder), half)
    assert.deepEqual(await write(), { problem: null, removed: 1 })
    assert.deepEqual(await readdir(folder), ['export.zip'])
    assert.equal(await readFile(path, 'utf8'), 'whole')
  })

  test('that breaks off leaves nothing', async ({ assert }) => {
    const { problem } = await writeNewFile(path, async () => {
      return Readable.from(
        (async function* () {
          yield 'half'
          throw new Error('the database went away')
        })()
      )
    })
    assert.equal(problem, 'The export broke off: the database went away')
    assert.deepEqual(await readdir(folder), [])
  })

  test('overwrites no file, not even one that appeared while it was written', async ({
    assert,
  }) => {
    const { problem } = await writeNewFile(path, async () => {
      await writeFile(path, 'another')
      return Readable.from(['whole'])
    })
    assert.equal(problem, `${path} exists already`)
    assert.equal(await readFile(path, 'utf8'), 'another')
    assert.equal((await write()).problem, `${path} exists already`)
    assert.deepEqual(await readdir(folder), ['export.zip'])
  })

  test('says why where it cannot be written', async ({ assert }) => {
    path = join(folder, 'nowhere', 'export.zip')
    assert.include((await write()).problem, `${path}: ENOENT`)
  })
})
