import { test } from '@japa/runner'
import ExternalResource from '#models/external_resource'
import Invitation from '#models/invitation'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { tokenSentTo } from '#tests/support/exercises/externals'
import { register, World } from '#tests/support/world'
import { Stage } from '#tests/support/joining'

test.group('An external person who joins', () => {
  test('takes over what is open, and leaves what has ended', async ({ assert, client }) => {
    const stage = await Stage.set()
    const [task, risk, dependency] = [
      await stage.task(),
      await stage.risk(),
      await stage.dependency(),
    ]
    const [doneTask, closedRisk, metDependency] = [
      await stage.task({ status: 'done' }),
      await stage.risk({ status: 'closed' }),
      await stage.dependency({ status: 'met' }),
    ]
    const token = await tokenSentTo(stage.account.email)
    const joined = await stage.join(client)
    joined.assertHeader('location', '/projects')

    const member = await stage.membership()
    assert.deepInclude(await stage.row('tasks', task), {
      assignee_id: member,
      external_resource_id: null,
      lock_version: 2,
    })
    assert.deepInclude(await stage.row('raid_items', risk), {
      actionee_id: member,
      actionee_external_id: null,
      lock_version: 2,
    })
    assert.deepInclude(await stage.row('raid_items', dependency), {
      counterpart_member_id: member,
      counterpart_external_id: null,
      counterpart_kind: 'team',
    })
    const { id } = stage.person
    assert.equal((await stage.row('tasks', doneTask)).external_resource_id, id)
    assert.equal((await stage.row('raid_items', closedRisk)).actionee_external_id, id)
    assert.equal((await stage.row('raid_items', metDependency)).counterpart_external_id, id)
    assert.equal((await stage.row('external_resources', stage.person)).membership_id, member)
    const link = await client.get(`/task/${token}`)
    link.assertStatus(410)
  })

  test('has each change recorded in the member’s own name', async ({ assert, client }) => {
    const stage = await Stage.set()
    const [task, risk] = [await stage.task(), await stage.risk()]
    await stage.task()
    await stage.join(client)
    const member = await stage.membership()
    const merged = (await stage.told('external_resource')).at(-1)
    assert.equal(merged.action, 'external_resource.merged')
    assert.deepEqual([merged.actor_kind, merged.actor_ref], ['member', member])
    assert.deepEqual(merged.values.membership_id, { after: member })
    assert.deepEqual(merged.values.tasks, { after: 2 })
    assert.deepEqual(merged.values.actions, { after: 1 })
    assert.notProperty(merged.values, 'dependencies')
    for (const [type, record, column] of [
      ['task', task, 'assignee_id'],
      ['raid_item', risk, 'actionee_id'],
    ] as const) {
      const event = (await stage.told(type)).findLast((one) => one.entity_id === record.id)
      assert.deepEqual(event.values[column], { after: member })
      assert.equal(event.actor_ref, member)
    }
    const trail = await client.get('/audit').as(await stage.world.person('owner'))
    assert.match(trail.text(), /took over as a member from\s*<a[^>]*>Sue Surveyor<\/a>/)
    const page = await client
      .get(`/projects/${stage.project.id}/tasks/${task.id}`)
      .as(stage.manager)
    assert.match(page.text(), /Sue Surveyor \(external\)[^]*?surveyor person/)
  })

  test('twenty times at once merges once', async ({ assert, client }) => {
    const stage = await Stage.set()
    const task = await stage.task()
    const token = await stage.invite()
    const answers = await Promise.all(Array.from({ length: 20 }, () => stage.join(client, token)))
    for (const answer of answers) answer.assertStatus(303)
    const actions = (await stage.told('external_resource')).map(({ action }) => action)
    assert.deepEqual(actions, ['external_resource.created', 'external_resource.merged'])
    assert.equal((await stage.row('tasks', task)).lock_version, 2)
  })

  test('leaves nothing behind while others give them work', async ({ assert, client }) => {
    for (let round = 0; round < 3; round++) {
      const stage = await Stage.set()
      const [task, risk] = [await stage.task(), await stage.risk()]
      const token = await stage.invite()
      const base = `/projects/${stage.project.id}`
      const fields = { title: 'Late', assignee: stage.person.id }
      const item = { type: 'risk', nature: 'threat', title: 'Leak', actionee_id: stage.person.id }
      const answers = await Promise.all([
        ...Array.from({ length: 4 }, () =>
          client.post(`${base}/tasks`).as(stage.manager).form(fields)
        ),
        ...Array.from({ length: 4 }, () =>
          client.post(`${base}/raid`).as(stage.manager).form(item)
        ),
        client
          .put(`${base}/tasks/${task.id}`)
          .as(stage.manager)
          .form({ ...fields, lock_version: '1' }),
        client
          .put(`${base}/raid/${risk.id}`)
          .as(stage.manager)
          .form({ ...item, title: 'Renamed', lock_version: '1' }),
        client.post(`${base}/tasks/${task.id}/link`).as(stage.manager),
        stage.join(client, token),
      ])
      for (const answer of answers) assert.include([302, 303, 409], answer.status())
      const left = await sql(
        admin(),
        `select id from tasks where organisation_id = ? and external_resource_id is not null
         union all
         select id from raid_items where organisation_id = ? and actionee_external_id is not null`,
        [stage.world.organisationId, stage.world.organisationId]
      )
      assert.deepEqual(left, [])
      const open = await sql(
        admin(),
        'select id from task_links where organisation_id = ? and revoked_at is null',
        [stage.world.organisationId]
      )
      assert.deepEqual(open, [])
    }
  })

  test('stays an external person when joining under another address', async ({
    assert,
    client,
  }) => {
    const stage = await Stage.set()
    const task = await stage.task()
    const other = await register('other')
    const token = await stage.invite(other.email)
    await client.post(`/join/${token}`).as(other)
    assert.equal((await stage.row('tasks', task)).external_resource_id, stage.person.id)
    assert.isNull((await stage.row('external_resources', stage.person)).merged_at)
  })

  test('changes nothing here when joining another organisation', async ({ assert, client }) => {
    const [stage, elsewhere] = [await Stage.set(), await World.create('Elsewhere')]
    const { name, membershipId } = await elsewhere.person('owner')
    const token = await elsewhere.inside(() =>
      Invitation.invite(
        { email: stage.account.email, role: 'member', projects: [] },
        { name, membershipId }
      )
    )
    await client.post(`/join/${token}`).as(stage.account)
    assert.isNull((await stage.row('external_resources', stage.person)).merged_at)
  })

  test('is merged as well when archived, and when reactivated as a member', async ({
    assert,
    client,
  }) => {
    const stage = await Stage.set()
    const task = await stage.task()
    const { membershipId } = await stage.world.join(await register('x'))
    await sql(admin(), `update memberships set user_id = ?, status = 'deactivated' where id = ?`, [
      stage.account.userId,
      membershipId,
    ])
    await stage.world.inside(async () =>
      (await ExternalResource.findById(stage.person.id)).archive()
    )
    const owner = await stage.world.person('owner')
    await client.post(`/members/${membershipId}/deactivation?_method=DELETE`).as(owner)
    assert.equal((await stage.row('tasks', task)).assignee_id, membershipId)
    const merged = (await stage.told('external_resource')).at(-1)
    assert.deepEqual(
      [merged.action, merged.actor_ref],
      ['external_resource.merged', owner.membershipId]
    )
  })

  test('is no longer an external person', async ({ assert, client }) => {
    const stage = await Stage.set()
    await stage.join(client)
    const owner = await stage.world.person('owner')
    const page = `/externals/${stage.person.id}`
    const shown = await client.get(page).as(owner)
    for (const text of ['Now a member', 'surveyor person']) assert.include(shown.text(), text)
    for (const text of ['>Edit<', '>Archive<', 'Invite as a member']) {
      assert.notInclude(shown.text(), text)
    }
    const before = await stage.row('external_resources', stage.person)
    const version = String(before.lock_version)
    const edited = await client.put(page).as(owner).form({ name: 'X', lock_version: version })
    edited.assertHeader('location', page)
    for (const request of [
      client.post(`${page}/archive`),
      client.post(`${page}/invitation`).form({ role: 'member' }),
    ]) {
      const refused = await request.as(owner).accept('json')
      refused.assertStatus(422)
    }
    assert.deepEqual(await stage.row('external_resources', stage.person), before)
    assert.deepEqual(await stage.world.inside(() => ExternalResource.choices()), [])
    const again = await client
      .post('/externals')
      .as(owner)
      .accept('json')
      .form({ name: 'Twin', email: stage.account.email })
    again.assertStatus(422)
  })
})
