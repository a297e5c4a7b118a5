import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { verifyOrganisation } from '#audit/chain'
import { useAccountRemover } from '#identity/account_removal'
import { sha256 } from '#models/pack/canonical'
import { runErasure } from '#privacy/erasure/run'
import { sql } from '#tenancy/sql'
import { admin, quietly } from '#tests/support/admin'
import { AuditLab } from '#tests/support/audit_lab'
import { canary, dumpHits, erase, removing } from '#tests/support/erasure'
import { sealTrail } from '#tests/support/pack_folder'
import { Reports } from '#tests/support/reports'
import { registerStaff, World } from '#tests/support/world'

const BROKEN = 'The text above is not the one that was sealed'
const EXPLAINED = 'An erased person’s details were later removed'

test.group('A published report that names an erased person', (group) => {
  group.each.setup(() => {
    removing()
    return () => useAccountRemover(null)
  })

  async function published() {
    const world = await World.create()
    const project = await world.project()
    const person = await canary()
    await world.join(person)
    const reports = new Reports(world, project)
    const report = await reports.publish({ summary: `${person.name} brings the crane.` })
    return { world, person, reports, report, reader: await world.person('pmo') }
  }

  const publication = (reportId: string) =>
    sql(admin(), 'select * from status_report_publications where report_id = ?', [reportId]).then(
      ([row]) => row
    )

  test('keeps its seal, and the trail leads from it to the text that is left', async ({
    client,
    assert,
  }) => {
    const { world, person, reports, report, reader } = await published()
    const { organisationId } = world
    const sealed = await publication(report.id)
    const { id, label } = await erase(person)
    const finds = await sql(admin(), 'select id, place from erasure_finds where erasure_id = ?', [
      id,
    ])
    assert.include(
      finds.map(({ place }) => place),
      'public.status_report_publications'
    )
    await client
      .post(`/admin/privacy/erasures/${id}/redactions`)
      .as(await registerStaff())
      .form({ 'ids[]': finds.map((find) => find.id) })
    assert.deepEqual(await runErasure(id), { status: 'finished' })
    assert.deepEqual(await dumpHits([person.name, person.email]), [])

    const { sha256: seal, body } = await publication(report.id)
    assert.equal(seal, sealed.sha256)
    assert.equal(sha256(sealed.body), seal)
    const redactions = await sql(
      admin(),
      `select facts->>'former' as former, facts->>'seal' as seal from audit.events
        where organisation_id = ? and action = 'status_report.redacted'
          and facts->>'former' is not null`,
      [organisationId]
    )
    assert.deepEqual(redactions, [{ former: seal, seal: sha256(body) }])

    const page = (await client.get(`${reports.url}/${report.id}`).as(reader)).text()
    for (const text of [`${label} brings the crane.`, seal, EXPLAINED]) assert.include(page, text)
    assert.notInclude(page, BROKEN)
    await sealTrail(organisationId)
    const { keys } = new AuditLab()
    const { problems } = await verifyOrganisation(db.connection('sealer'), organisationId, { keys })
    assert.deepEqual(problems, [])
  })

  test('is distinguished from one that somebody changed', async ({ client, assert }) => {
    const { reports, report, reader } = await published()
    const url = `${reports.url}/${report.id}`
    const whole = (await client.get(url).as(reader)).text()
    assert.notInclude(whole, BROKEN)
    assert.notInclude(whole, EXPLAINED)
    await quietly(
      `update status_report_publications set body = replace(body, 'brings', 'steals')
        where report_id = ?`,
      [report.id]
    )
    const changed = (await client.get(url).as(reader)).text()
    assert.include(changed, 'steals the crane.')
    assert.include(changed, BROKEN)
  })
})
