import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import { verifyBundle } from '#audit/bundle'
import { writeBundle } from '#audit/exporter'
import { lastSeal, type ReadOptions } from '#audit/reader'
import { standaloneVerifier } from '#audit/standalone'
import { AuditLab, asSql } from '#tests/support/audit_lab'

test.group('Audit bundle', (group) => {
  let lab: AuditLab
  const project = randomUUID()
  group.each.setup(async () => {
    lab = new AuditLab()
    const subject = randomUUID()
    await lab.append({ project, values: { label: { v: { after: 'Canary Name' }, subject } } })
    await lab.append({ project, values: { title: { v: { after: 'Late pump' } } } })
    await lab.append({ values: { title: { v: { after: 'Elsewhere' } } } })
    await lab.seal()
    await lab.redactSubject(subject)
    await lab.seal()
    await lab.append({ project })
    return () => lab.close()
  })

  async function bundle(options: ReadOptions = {}) {
    const app = await lab.app()
    return lab.bound(app, () => Array.fromAsync(writeBundle(asSql(app), lab.organisation, options)))
  }

  async function found(lines: string[]) {
    const { problems } = await verifyBundle(lines, lab.keys)
    return [...new Set(problems.map(({ code }) => code))].sort()
  }

  test('verifies without a database, redaction included', async ({ assert }) => {
    const lines = await bundle()
    const report = await verifyBundle(lines, lab.keys)
    assert.deepEqual(report.problems, [])
    assert.deepInclude(report, { events: 5, seals: 2, redacted: 1, unsealed: 1 })
    assert.notInclude(lines.join(''), 'Canary')
  })

  test('shows what was erased after its seal as a hash, and verifies', async ({ assert }) => {
    const subject = randomUUID()
    await lab.append({ values: { name: { v: { after: 'Canary Name' }, subject } } })
    await lab.seal()
    const app = await lab.app()
    const upTo = (await lab.bound(app, () => lastSeal(asSql(app), lab.organisation)))!
    await lab.redactSubject(subject)
    const lines = await bundle({ upTo })
    const report = await verifyBundle(lines, lab.keys)
    assert.deepEqual(report.problems, [])
    assert.deepInclude(report, { leaves: 1, redacted: 1, unsealed: 0 })
    await lab.seal()
    assert.deepInclude(await verifyBundle(await bundle(), lab.keys), { leaves: 0, redacted: 2 })
  })

  test('proves one project while showing nothing of the others', async ({ assert }) => {
    const lines = await bundle({ project })
    const report = await verifyBundle(lines, lab.keys)
    assert.deepEqual(report.problems, [])
    assert.deepInclude(report, { events: 4, leaves: 1 })
    assert.notInclude(lines.join(''), 'Elsewhere')
  })

  test('proves the chain while withholding every value', async ({ assert }) => {
    const lines = await bundle({ withoutValues: true })
    assert.deepEqual(await found(lines), [])
    assert.notInclude(lines.join(''), 'pump')
  })

  test('finds a changed, a lost and a cut line', async ({ assert }) => {
    const lines = await bundle()
    const changed = lines.map((line) => line.replace('Late pump', 'Timely pump'))
    assert.deepEqual(await found(changed), ['value_mismatch'])
    const lost = lines.filter((line) => !line.includes('Late pump'))
    assert.deepEqual(await found(lost), ['bundle_incomplete', 'seal_count', 'seal_root'])
    assert.deepEqual(await found(lines.slice(0, -1)), ['bundle_incomplete'])
  })

  test('finds rows in another order', async ({ assert }) => {
    const [head, seal, first, second, ...rest] = await bundle()
    assert.deepEqual(await found([head, seal, second, first, ...rest]), ['order', 'seal_root'])
  })

  test('the standalone verifier needs nothing else', async ({ assert }) => {
    const folder = await mkdtemp(join(tmpdir(), 'verify-audit-'))
    try {
      const lines = await bundle()
      const forged = lines.map((line) => line.replaceAll('raid_item.updated', 'gate.approved'))
      await write(folder, { ...(await standaloneVerifier()), 'forged.ndjson': forged.join('') })
      await writeFile(join(folder, 'audit.ndjson.gz'), gzipSync(lines.join('')))
      const clean = await run(folder, 'audit.ndjson.gz')
      assert.equal(clean.code, 0, clean.output)
      assert.match(clean.output, /The chain is clean/)
      const tampered = await run(folder, 'forged.ndjson')
      assert.equal(tampered.code, 1)
      assert.match(tampered.output, /PROBLEM event_hash/)
      const unreadable = await run(folder, 'package.json')
      assert.equal(unreadable.code, 2)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('the standalone verifier reads values that hold separators of lines', async ({ assert }) => {
    await lab.append({
      project,
      values: { title: { v: { after: 'First\u2028second\u2029third' } } },
    })
    const folder = await mkdtemp(join(tmpdir(), 'verify-audit-'))
    try {
      const text = (await bundle()).join('')
      await write(folder, { ...(await standaloneVerifier()), 'audit.ndjson': text })
      await writeFile(join(folder, 'windows.ndjson'), text.replaceAll('\n', '\r\n'))
      for (const name of ['audit.ndjson', 'windows.ndjson']) {
        const { code, output } = await run(folder, name)
        assert.equal(code, 0, output)
      }
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('the standalone verifier says that it could not read a file', async ({ assert }) => {
    const folder = await mkdtemp(join(tmpdir(), 'verify-audit-'))
    try {
      const packed = gzipSync((await bundle()).join(''))
      await write(folder, { ...(await standaloneVerifier()), 'empty.ndjson': '' })
      await writeFile(join(folder, 'cut.ndjson.gz'), packed.subarray(0, packed.length / 2))
      for (const name of ['cut.ndjson.gz', 'none.ndjson.gz', 'none.ndjson', 'empty.ndjson']) {
        const { code, output } = await run(folder, name)
        assert.equal(code, 2, `${name}: ${output}`)
        assert.lengthOf(output.trim().split('\n'), 1, output)
      }
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('the standalone verifier tells a seal that was noted wrongly from one that is gone', async ({
    assert,
  }) => {
    const folder = await mkdtemp(join(tmpdir(), 'verify-audit-'))
    try {
      const text = (await bundle()).join('')
      await write(folder, { ...(await standaloneVerifier()), 'audit.ndjson': text })
      const seal = (await verifyBundle(text.split('\n'), lab.keys)).lastSeal!
      const noted = `${seal.number}:${seal.hash}`
      for (const [anchor, expected] of [
        [noted, 0],
        [noted.toUpperCase(), 0],
        [`${seal.number}:${'0'.repeat(64)}`, 1],
        [seal.hash, 2],
        [noted.slice(0, -1), 2],
      ] as const) {
        const { code, output } = await run(folder, 'audit.ndjson', anchor)
        assert.equal(code, expected, `${anchor}: ${output}`)
      }
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  async function run(folder: string, file: string, ...anchors: string[]) {
    try {
      const given = [join(folder, file), lab.key.publicKey, ...anchors]
      const script = [join(folder, 'verify-audit.mjs'), ...given]
      const { stdout } = await promisify(execFile)(process.execPath, script, { cwd: folder })
      return { code: 0, output: stdout }
    } catch (error: any) {
      return { code: error.code as number, output: error.stdout + error.stderr }
    }
  }
})

async function write(folder: string, files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
}
