import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import ExternalResource from '#models/external_resource'
import Invitation from '#models/invitation'
import Membership from '#models/membership'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { sql } from '#tenancy/sql'
import { openedMails } from '#tests/support/sealed'
import { admin } from '#tests/support/admin'
import { tokenSentTo } from '#tests/support/exercises/externals'
import { register, World, type Account, type Person } from '#tests/support/world'

type Attributes = Record<string, unknown>

/** A person outside who has an account elsewhere, with work of every kind, open and ended. */
class Stage {
  static async set() {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const account = await register('surveyor')
    const person = await world.inside(
      () => ExternalResource.add({ name: 'Sue Surveyor', email: account.email }, manager),
      manager
    )
    return new Stage(world, project, manager, account, person)
  }

  private constructor(
    readonly world: World,
    readonly project: Project,
    readonly manager: Person,
    readonly account: Account,
    readonly person: ExternalResource
  ) {}

  task(attributes: Attributes = {}) {
    return this.world.inside(
      () =>
        Task.add(this.project, {
          title: 'Survey',
          externalResourceId: this.person.id,
          ...attributes,
        }),
      this.manager
    )
  }

  risk(attributes: Attributes = {}) {
    const whole = { type: 'risk', title: 'Leak', actioneeExternalId: this.person.id, ...attributes }
    return this.world.inside(() => RaidItem.raise(this.project, whole as any), this.manager)
  }

  dependency(attributes: Attributes = {}) {
    const whole = {
      type: 'dependency',
      title: 'Berth',
      counterpartKind: 'external_resource',
      counterpartExternalId: this.person.id,
      ...attributes,
    }
    return this.world.inside(() => RaidItem.raise(this.project, whole as any), this.manager)
  }

  /** Invites the account, under its own address or another's. Answers the token. */
  async invite(email = this.account.email) {
    const { name, membershipId } = await this.world.person('owner')
    return this.world.inside(() =>
      Invitation.invite({ email, role: 'member', projects: [] }, { name, membershipId })
    )
  }

  async join(client: ApiClient, token?: string) {
    return client.post(`/join/${token ?? (await this.invite())}`).as(this.account)
  }

  async membership() {
    const [row] = await sql(
      admin(),
      'select id from memberships where organisation_id = ? and user_id = ?',
      [this.world.organisationId, this.account.userId]
    )
    return row?.id as string
  }

  async row(table: 'tasks' | 'raid_items' | 'external_resources', { id }: { id: string }) {
    const [row] = await sql(admin(), `select * from ${table} where id = ?`, [id])
    return row
  }

  async told(entityType: string) {
    return sql(
      admin(),
      `select e.action, e.entity_id, e.actor_kind, e.actor_ref,
         (select jsonb_object_agg(path, value::jsonb) from audit.event_values v
           where v.organisation_id = e.organisation_id and v.event_id = e.id) as values
         from audit.events e where organisation_id = ? and entity_type = ? order by seq`,
      [this.world.organisationId, entityType]
    )
  }
}

test.group('An external person who joins', () => {
  test('takes what is open over, and leaves what has ended', async ({ assert, client }) => {
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

  test('has each change told, in the member’s own name', async ({ assert, client }) => {
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

  test('while others give them work leaves nothing behind', async ({ assert, client }) => {
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

  test('under another address stays who they were', async ({ assert, client }) => {
    const stage = await Stage.set()
    const task = await stage.task()
    const other = await register('other')
    const token = await stage.invite(other.email)
    await client.post(`/join/${token}`).as(other)
    assert.equal((await stage.row('tasks', task)).external_resource_id, stage.person.id)
    assert.isNull((await stage.row('external_resources', stage.person)).merged_at)
  })

  test('in another organisation changes nothing here', async ({ assert, client }) => {
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

  test('is no external person any more', async ({ assert, client }) => {
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

test.group('Inviting an external person as a member', () => {
  test('shows first what goes over, and brings roles in those projects', async ({
    assert,
    client,
  }) => {
    const stage = await Stage.set()
    const task = await stage.task()
    const owner = await stage.world.person('owner')
    const path = `/externals/${stage.person.id}/invitation`
    const page = await client.get(path).as(owner)
    page.assertStatus(200)
    for (const text of [stage.account.email, task.ref, `team member in ${stage.project.code}`]) {
      assert.include(page.text(), text)
    }
    const response = await client.post(path).as(owner).form({ role: 'member', in_projects: '1' })
    response.assertStatus(303)
    response.assertHeader('location', `/externals/${stage.person.id}`)
    const twice = await client.post(path).as(owner).accept('json').form({ role: 'member' })
    twice.assertStatus(422)
    assert.include(twice.body().errors[0].message, 'has already been invited')
    assert.include(
      (await client.get(path).as(owner)).text(),
      `Send again to ${stage.account.email}`
    )
    const [{ text_body: mail }] = await openedMails(
      `select text_body from email_outbox where email = ? and template = 'invitation'`,
      [stage.account.email]
    )
    await stage.join(client, mail.match(/\/join\/([\w-]{43})/)[1])
    const member = { ...stage.account, membershipId: await stage.membership() }
    const organisation = { organisationId: stage.world.organisationId }
    const shown = await client
      .get(`/projects/${stage.project.id}/tasks/${task.id}`)
      .as({ ...member, ...organisation })
    shown.assertStatus(200)
  })

  test('brings no role where none is wanted, and needs an address', async ({ assert, client }) => {
    const stage = await Stage.set()
    await stage.task()
    const owner = await stage.world.person('owner')
    const silent = await stage.world.inside(() =>
      ExternalResource.add({ name: 'No address', email: null }, owner)
    )
    const page = await client.get(`/externals/${silent.id}/invitation`).as(owner)
    page.assertHeader('location', `/externals/${silent.id}`)
    const refused = await client
      .post(`/externals/${silent.id}/invitation`)
      .as(owner)
      .accept('json')
      .form({ role: 'member' })
    refused.assertStatus(422)
    await client
      .post(`/externals/${stage.person.id}/invitation`)
      .as(owner)
      .form({ role: 'auditor' })
    const [{ count }] = await sql(
      admin(),
      'select count(*)::int as count from invitation_roles where organisation_id = ?',
      [stage.world.organisationId]
    )
    assert.equal(count, 0)
  })

  test('as an owner is an owner’s to offer, and nobody’s outside', async ({ assert, client }) => {
    const stage = await Stage.set()
    const path = `/externals/${stage.person.id}/invitation`
    const other = await World.create('Other')
    for (const [person, status] of [
      [await stage.world.person('admin'), 403],
      [await stage.world.person('pmo'), 403],
      [await stage.world.person('manager'), 403],
      [await other.person('owner'), 404],
    ] as const) {
      const refused = await client.post(path).as(person).form({ role: 'owner' })
      refused.assertStatus(status)
    }
    const invitations = await stage.world.inside(() => Invitation.query().exec())
    assert.deepEqual(invitations, [])
    const members = await stage.world.inside(() =>
      Membership.query().where('user_id', stage.account.userId).exec()
    )
    assert.deepEqual(members, [])
  })
})
