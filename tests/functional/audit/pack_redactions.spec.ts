import { createHash } from 'node:crypto'
import { test } from '@japa/runner'
import { writeBundle } from '#audit/exporter'
import { PackVerifier } from '#audit/pack_verifier'
import { AuditLab, asSql } from '#tests/support/audit_lab'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** A part of a pack as it was submitted, and after each of two redactions. */
const TEXTS = ['by Ada and Bo', 'by Former member 1 and Bo', 'by Former member 1 and 2']
const [SUBMITTED, BETWEEN, PRESENT] = TEXTS.map(sha256)

test.group('A pack from which two people were removed', (group) => {
  let lab: AuditLab
  group.each.setup(() => {
    lab = new AuditLab()
    return () => lab.close()
  })

  /** The pack as exported, given what the trail says about its redactions. */
  async function verified(redactions: { former: string; seal: string }[]) {
    const list = { organisation: lab.organisation, project: 'p', gate: 'g', review: 'r', round: 1 }
    const pack = JSON.stringify({ ...list, sections: { summary: SUBMITTED } })
    const action = 'gate_review.submitted'
    const event = await lab.append({ action, facts: { seal: sha256(pack) } })
    for (const facts of redactions) await lab.append({ action: 'gate_pack.redacted', facts })
    await lab.seal()
    const app = await lab.app()
    const trail = await lab.bound(app, () =>
      Array.fromAsync(writeBundle(asSql(app), lab.organisation, {}))
    )
    const submission = trail.map((line) => JSON.parse(line)).find(({ id }) => id === event)
    const sections = [{ name: 'summary', file: 'pack/summary.txt', sha256: SUBMITTED }]
    const manifest = { ...list, pack_sha256: sha256(pack), sections, evidence: [], decisions: [] }
    const files: Record<string, string> = {
      'manifest.json': JSON.stringify({ ...manifest, files: [], review: submission.entity }),
      'pack/manifest.json': pack.replace('"review":"r"', `"review":"${submission.entity}"`),
      'pack/summary.txt': TEXTS[2],
      'audit.ndjson': trail.join(''),
    }
    return new PackVerifier({
      paths: async () => Object.keys(files),
      hash: async (path) => (path in files ? sha256(files[path]) : null),
      text: async (path) => files[path],
      lines: (path) => linesIn(files[path]),
    }).verify(lab.keys)
  }

  const otherwise = 'pack/summary.txt is not what was submitted'
  const first = { former: SUBMITTED, seal: BETWEEN }
  const second = { former: BETWEEN, seal: PRESENT }

  test('is whole, in whichever order their transactions are numbered', async ({ assert }) => {
    for (const redactions of [
      [first, second],
      [second, first],
    ]) {
      const { problems, redacted } = await verified(redactions)
      assert.notInclude(problems, otherwise)
      assert.deepEqual(redacted, ['pack/summary.txt'])
      await lab.close()
      lab = new AuditLab()
    }
  })

  test('is not whole where one of the two is missing, or they lead in a circle', async ({
    assert,
  }) => {
    for (const redactions of [[first], [second], [first, { former: BETWEEN, seal: SUBMITTED }]]) {
      assert.include((await verified(redactions)).problems, otherwise)
      await lab.close()
      lab = new AuditLab()
    }
  })
})

async function* linesIn(text: string) {
  yield* text.split('\n')
}
