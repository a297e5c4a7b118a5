import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { verifyBundle } from '#audit/bundle'
import { trustedKeys } from '#audit/settings'
import RaidItem from '#models/raid_item'
import { removeProject } from '#privacy/destruction/removal'
import { quietly } from '#tests/support/admin'
import { bytesOf } from '#tests/support/binary'
import { inFolder, publicKey, sealTrail } from '#tests/support/pack_folder'
import { unzip } from '#tests/support/unzip'
import { World, type Person } from '#tests/support/world'

const CANARY = 'Canary of the old lock'

async function world() {
  const made = await World.create()
  const project = await made.project()
  const pmo = await made.person('pmo')
  const raise = (attributes: object) =>
    made.inside(
      () => RaidItem.raise(project, { type: 'risk', nature: 'threat', ...attributes } as any),
      pmo
    )
  const open = await raise({ title: CANARY })
  const kept = await raise({ title: 'Takeover of the supplier', sensitivity: 'named_people' })
  await sealTrail(made.organisationId)
  return { made, project, open, kept, auditor: await made.person('auditor') }
}

async function download(client: ApiClient, person: Person) {
  const request = client.get('/audit.zip').as(person)
  request.request.buffer(true).parse(bytesOf)
  const response = await request
  return { response, files: unzip(response.body()) as Map<string, Buffer> }
}

test.group('The sealed trail as a ZIP', () => {
  test('verifies anywhere, shows no value and nothing of what is kept from its reader', async ({
    assert,
    client,
  }) => {
    const { made, open, kept, auditor } = await world()
    const { response, files } = await download(client, auditor)
    response.assertHeader('content-type', 'application/zip')
    const trail = files.get('audit.ndjson')!.toString()
    assert.notInclude(trail, CANARY)
    assert.include(trail, open.id)
    assert.notInclude(trail, kept.id)
    const manifest = JSON.parse(files.get('manifest.json')!.toString())
    assert.equal(manifest.organisation, made.organisationId)
    assert.lengthOf(manifest.files, files.size - 1)
    await inFolder(files, async (folder) => {
      const run = [join(folder, 'verify-audit.mjs'), join(folder, 'audit.ndjson'), publicKey]
      const { stdout } = await promisify(execFile)(process.execPath, run, { cwd: tmpdir() })
      assert.include(stdout, 'The chain is clean.')
      assert.match(stdout, /[1-9]\d* as hash only/)
    })
    const page = await client.get('/audit').as(auditor)
    assert.include(page.text(), 'exported the audit trail of')
  })

  test('reaches to the newest seal, also beyond the ninth', async ({ assert, client }) => {
    const { made, auditor } = await world()
    for (let seals = 1; seals < 11; seals++) {
      await made.project()
      await sealTrail(made.organisationId)
    }
    const { files } = await download(client, auditor)
    const rows = files
      .get('audit.ndjson')!
      .toString()
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row))
    assert.deepEqual(
      rows.filter(({ kind }) => kind === 'seal').map(({ number }) => number),
      Array.from({ length: 11 }, (_, index) => `${index + 1}`)
    )
  })

  test('verifies while the seal over the tombstone of a project is still to come', async ({
    assert,
    client,
  }) => {
    const { made, project, open, auditor } = await world()
    await quietly(`update projects set status = 'closed' where id = ?`, [project.id])
    await removeProject(made.organisationId, project.id, {
      actorKind: 'system',
      actor: null,
      dryRun: false,
    })
    const { files } = await download(client, auditor)
    const trail = files.get('audit.ndjson')!.toString()
    assert.notInclude(trail, open.id)
    const report = await verifyBundle(trail.split('\n'), trustedKeys())
    assert.deepEqual(report.problems, [])
    await sealTrail(made.organisationId)
    const after = (await download(client, auditor)).files.get('audit.ndjson')!.toString()
    const later = await verifyBundle(after.split('\n'), trustedKeys())
    assert.deepEqual(later.problems, [])
    assert.isAbove(later.removed, 0)
  })

  test('is refused to whoever may not read the trail of the organisation', async ({ client }) => {
    const { made } = await world()
    for (const role of ['pmo', 'manager', 'viewer'] as const) {
      const refused = await client.get('/audit.zip').as(await made.person(role))
      refused.assertStatus(403)
    }
  })

  test('is checked with the public keys, which stand below the trail and beside a pack', async ({
    assert,
    client,
  }) => {
    const { project, auditor } = await world()
    const { publicKeys } = await import('#audit/settings')
    const page = await client.get('/audit').as(auditor)
    assert.include(page.text(), publicKeys()!)
    assert.include(page.text(), 'href="/audit.zip"')
    const history = await client.get(`/projects/${project.id}/audit`).as(auditor)
    assert.notInclude(history.text(), 'href="/audit.zip"')
  })
})
