import { test } from '@japa/runner'
import { useAccountRemover } from '#identity/account_removal'
import { keepErasuresInTime } from '#privacy/erasure/keeping_time'
import { runErasure } from '#privacy/erasure/run'
import Erasure from '#models/erasure'
import SavedView from '#models/saved_view'
import { storeBytes } from '#models/stored_file/files'
import Task from '#models/task'
import TaskAttachment from '#models/task_attachment'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin, quietly } from '#tests/support/admin'
import { begin, canary, removing, withFind } from '#tests/support/erasure'
import { askingForErasure } from '#tests/support/exercises/privacy'
import { mailsAbout } from '#tests/support/privacy/desk'
import { World } from '#tests/support/world'

const erasuresOf = (requestId: string) =>
  sql(admin(), 'select id from erasures where request_id = ?', [requestId])

const commentOf = ({ comment }: Awaited<ReturnType<typeof withFind>>) =>
  sql(admin(), 'select body from comments where id = ?', [comment.id]).then(([row]) => row.body)

test.group('The thirty days of an erasure', (group) => {
  group.each.setup(() => {
    removing()
    return () => useAccountRemover(null)
  })

  test('begin automatically at half-time if the desk did nothing, and the desk is told', async ({
    assert,
  }) => {
    const { id, ref } = await askingForErasure(await canary(), '2026-07-01')
    await keepErasuresInTime('2026-07-16')
    assert.isEmpty(await erasuresOf(id))
    await keepErasuresInTime('2026-07-17')
    assert.lengthOf(await erasuresOf(id), 1)
    await keepErasuresInTime('2026-07-18')
    assert.lengthOf(await erasuresOf(id), 1)
    const mails = await mailsAbout(id)
    assert.deepEqual(
      mails.map(({ subject }) => subject).filter((subject) => /automatically/.test(subject)),
      [`${ref}: the erasure started automatically`]
    )
  })

  test('leave alone what the desk refused, and the only owner of an organisation', async ({
    assert,
  }) => {
    const refused = await askingForErasure(await canary(), '2026-07-01')
    await quietly(
      `update privacy_requests set status = 'refused', refusal_ground = 'legal_claims', completed_at = now() where id = ?`,
      [refused.id]
    )
    const world = await World.create()
    const owner = await askingForErasure(await world.person('owner'), '2026-07-01')
    await keepErasuresInTime('2026-07-30')
    assert.isEmpty(await erasuresOf(refused.id))
    assert.isEmpty(await erasuresOf(owner.id))
  })

  test('end with unread names removed from texts on the day before', async ({ assert }) => {
    const found = await withFind()
    const { person, erasureId } = found
    await dateBack(erasureId, 28)
    await keepErasuresInTime()
    assert.include(await commentOf(found), person.name)
    await dateBack(erasureId, 29)
    await keepErasuresInTime()
    assert.notInclude(await commentOf(found), person.name)
    assert.notEqual((await runErasure(erasureId)).status, 'waiting')
  })

  test('run from the day of the request, and remove no unread file', async ({ assert }) => {
    const { person, task, file } = await tasked()
    const titleOf = async () =>
      (await sql(admin(), 'select title from tasks where id = ?', [task.id]))[0].title
    const request = await askingForErasure(person, '2026-07-01')
    const { id } = await begin(person, request.id)
    await runErasure(id)
    await keepErasuresInTime('2026-07-29')
    assert.include(await titleOf(), person.name)
    await keepErasuresInTime('2026-07-30')
    assert.notInclude(await titleOf(), person.name)
    const open = await sql(
      admin(),
      `select place, row_key from erasure_finds where erasure_id = ? and state = 'open'`,
      [id]
    )
    assert.deepEqual(open, [{ place: 'files', row_key: file.id }])
    const [{ erased_at: erasedAt }] = await sql(
      admin(),
      'select erased_at from task_attachments where id = ?',
      [file.id]
    )
    assert.isNull(erasedAt)
  })

  test('are kept even if another account and an organisation share the name: those wait for a reader', async ({
    assert,
  }) => {
    const found = await withFind(async ({ name }) => {
      const { userId } = await canary()
      const { organisationId } = await World.create()
      await sql(admin(), 'update users set name = ? where id = ?', [name, userId])
      await sql(admin(), 'update organisations set name = ? where id = ?', [name, organisationId])
    })
    const { person, erasureId } = found
    await dateBack(erasureId, 29)
    await keepErasuresInTime()
    assert.notInclude(await commentOf(found), person.name)
    const left = await sql(
      admin(),
      `select place from erasure_finds where erasure_id = ? and state = 'open' order by place`,
      [erasureId]
    )
    assert.deepEqual(
      left.map(({ place }) => place),
      ['public.organisations', 'public.users']
    )
  })

  test('are kept for everybody else where one erasure fails', async ({ assert }) => {
    const [broken, found] = [await withFind(), await withFind()]
    await dateBack(broken.erasureId, 29)
    await dateBack(found.erasureId, 29)
    const [{ traces }] = await sql(admin(), 'select traces from erasures where id = ?', [
      broken.erasureId,
    ])
    await setTraces(broken.erasureId, `${traces}x`)
    try {
      await assert.rejects(() => keepErasuresInTime(), 'Some erasures were not moved on')
    } finally {
      await setTraces(broken.erasureId, traces)
    }
    assert.notInclude(await commentOf(found), found.person.name)
    assert.include(await commentOf(broken), broken.person.name)
  })

  test('are kept though somebody has two views by the name, written in either order', async ({
    assert,
  }) => {
    const { erasureId } = await withFind(async (person) => {
      const other = await World.create()
      await other.join(person)
      const { membershipId: ownerId } = await other.person('manager')
      const turned = person.name.split(' ').toReversed().join(' ')
      for (const name of [person.name, turned]) {
        const view = { list: 'raid', visibility: 'private', query: '', ownerId, name }
        await other.inside(() => SavedView.create(view as any))
      }
    })
    await dateBack(erasureId, 29)
    await keepErasuresInTime()
    assert.isEmpty(await openPlaces(erasureId))
  })

  test('are kept in every place but one where the name cannot be replaced', async ({ assert }) => {
    const { erasureId, findId } = await withFind()
    await quietly(`update erasure_finds set columns = '{no_such_column}' where id = ?`, [findId])
    await dateBack(erasureId, 29)
    assert.lengthOf(await openPlaces(erasureId), 2)
    await assert.rejects(() => keepErasuresInTime(), 'Some erasures were not moved on')
    assert.lengthOf(await openPlaces(erasureId), 1)
    await dateBack(erasureId, 0)
  })

  test('leave a name that may be an ordinary word to a reader', async ({ assert }) => {
    const found = await withFind()
    const { erasureId } = found
    await dateBack(erasureId, 29)
    const before = await commentOf(found)
    await oneWordName(erasureId)
    await keepErasuresInTime()
    assert.equal(await commentOf(found), before)
  })
})

/** A person whom the title of a task and its file name. */
async function tasked() {
  const world = await World.create()
  const person = await canary()
  await world.join(person)
  const project = await world.project()
  const manager = await world.person('manager')
  const { task, file } = await world.inside(async () => {
    const fields = { title: `Thank ${person.name}`, assigneeId: manager.membershipId }
    const added = await Task.add(project, fields)
    const bytes = Buffer.from(`Ask ${person.name}`)
    return { task: added, file: await TaskAttachment.add(added, 'notes.txt', bytes) }
  }, manager)
  await storeBytes('attachment', world.organisationId, file.id)
  return { person, task, file }
}

/** As of somebody who is known by a single name as well. */
function oneWordName(erasureId: string) {
  return Tenancy.system(PLATFORM, async () => {
    const erasure = await Erasure.findById(erasureId)
    const { names } = erasure.traces!
    await erasure
      .merge({ traces: { ...erasure.traces!, names: [...names, 'Will'] } })
      .auditSilently()
      .save()
  })
}

function openPlaces(erasureId: string) {
  return sql(admin(), `select place from erasure_finds where erasure_id = ? and state = 'open'`, [
    erasureId,
  ])
}

function setTraces(erasureId: string, traces: string) {
  return quietly('update erasures set traces = ? where id = ?', [traces, erasureId])
}

function dateBack(erasureId: string, days: number) {
  return quietly(`update erasures set created_at = now() - make_interval(days => ?) where id = ?`, [
    days,
    erasureId,
  ])
}
