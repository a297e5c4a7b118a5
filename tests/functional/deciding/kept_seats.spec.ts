import { test } from '@japa/runner'
import { inDays } from '#tests/support/table'
import { submit } from '#models/deciding/submission'
import Gate from '#models/gate'
import Project from '#models/project'
import ProjectMember from '#models/project_member'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'

test.group('A seat at a gate under review', (group) => {
  let table: Table
  let manager: Walk
  group.each.setup(async ({ context }) => {
    table = await Table.create()
    manager = await Walk.begin(context.client, table.people.manager)
  })

  const open = () =>
    table.open(
      { chair: 'chair', one: 'decider', two: 'decider', three: 'decider' },
      { decisionRule: 'majority', quorum: 2 }
    )

  const roleOf = async (name: string) => {
    const [{ id }] = await sql(admin(), 'select id from project_members where membership_id = ?', [
      table.sitting[name].membershipId,
    ])
    return `${table.base}/roles/${id}`
  }

  async function edit(fields: Record<string, string>) {
    await manager.open(`${table.base}/edit`)
    const { lock_version: version } = await project()
    return manager.submitAndFollow(
      table.base,
      {
        name: 'Testing project',
        code: table.project.code,
        status: 'active',
        visibility: 'members',
        lock_version: version,
        ...(await leads()),
        ...fields,
      },
      'PUT'
    )
  }

  const project = async () => {
    const [row] = await sql(admin(), 'select * from projects where id = ?', [table.project.id])
    return row
  }

  const leads = async () => {
    const { manager_id: managerId, sponsor_id: sponsorId } = await project()
    return { manager_id: managerId, sponsor_id: sponsorId }
  }

  test('is not taken with the role by which somebody sits there', async ({ assert }) => {
    const review = await open()
    await table.vote(review, 'one', 'rejected')
    await manager.open(`${table.base}/members`)
    const role = await roleOf('one')
    const page = await manager.submitAndFollow(role, {}, 'DELETE')
    assert.include(
      page.text(),
      `is a decider or adviser of ${table.project.code}-G${table.gate.number}, which is submitted`
    )
    assert.equal(await roleOf('one'), role)
    const round = await manager.open(table.urlOfReview(review))
    assert.notInclude(round.text(), 'Rejected, void')
  })

  test('is not taken while the gate is just being submitted', async ({ assert }) => {
    const { pmo } = table.people
    await table.seat({ chair: 'chair', one: 'decider' })
    await table.ready()
    const [submitted, seen] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const submitting = table.world.inside(async () => {
      const gate = await Gate.findIn(table.project, table.gate.id)
      const given = { note: null, decideBy: inDays(7) }
      await submit(await Project.findOrFail(table.project.id), gate, given, gate.lockVersion)
      submitted.resolve()
      await seen.promise
    }, table.people.manager)
    await submitted.promise
    const removing = table.world.inside(async () => {
      const { membershipId } = table.sitting.one
      const role = await ProjectMember.findByOrFail('membershipId', membershipId)
      await role.takeAway(await Project.findOrFail(table.project.id))
    }, pmo)
    setTimeout(() => seen.resolve(), 300)
    await assert.rejects(() => removing, 'Validation failure')
    await submitting
    await roleOf('one')
  })

  test('is not taken by making its holder the manager', async ({ assert }) => {
    await open()
    const before = await leads()
    const page = await edit({ manager_id: table.sitting.one.membershipId })
    assert.include(
      page.text(),
      `This person is a decider or adviser of ${table.project.code}-G${table.gate.number}`
    )
    assert.deepEqual(await leads(), before)
  })

  test('is not taken from the sponsor by naming another', async ({ assert }) => {
    await open()
    const before = await leads()
    const page = await edit({ sponsor_id: table.sitting.one.membershipId })
    assert.include(
      page.text(),
      `The current sponsor is a decider or adviser of ${table.project.code}-G${table.gate.number}`
    )
    assert.deepEqual(await leads(), before)
    await table.allow(table.sitting.chair)
    await edit({ sponsor_id: table.sitting.one.membershipId })
    assert.equal((await leads()).sponsor_id, table.sitting.one.membershipId)
  })

  test('can be taken again once the submission is taken back', async ({ assert }) => {
    const review = await open()
    await manager.open(table.urlOfReview(review))
    await manager.submit(`${table.urlOfReview(review)}/withdrawal`, { reason: 'Too early' })
    await manager.open(`${table.base}/members`)
    await manager.submit(await roleOf('one'), {}, 'DELETE')
    const { membershipId } = table.sitting.one
    const left = await sql(admin(), 'select id from project_members where membership_id = ?', [
      membershipId,
    ])
    assert.isEmpty(left)
    await edit({ manager_id: membershipId })
    assert.equal((await leads()).manager_id, membershipId)
  })

  test('leaves the roles of whoever has none free', async ({ assert }) => {
    await table.decider('seatless')
    await open()
    await manager.open(`${table.base}/members`)
    await manager.submit(await roleOf('seatless'), {}, 'DELETE')
    const left = await sql(admin(), 'select id from project_members where membership_id = ?', [
      table.sitting.seatless.membershipId,
    ])
    assert.isEmpty(left)
  })
})
