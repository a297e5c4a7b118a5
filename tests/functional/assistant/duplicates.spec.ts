import { test } from '@japa/runner'
import RaidItem from '#models/raid_item'
import RaidLink from '#models/raid_link'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { deskFor, wholeIn } from '#tests/support/assistant'
import { Walk } from '#tests/support/walk'
import { World, type Person } from '#tests/support/world'

test.group('Assistant: duplicates', (group) => {
  const desk = deskFor(group)
  let one: RaidItem
  let other: RaidItem
  let walk: Walk

  group.each.setup(async () => {
    one = await raise({ title: 'The tide gate leaks' })
    other = await raise({ title: 'Tide gate leaks again', cause: 'Rust' })
  })

  const page = () => `${desk.page}/duplicates`
  const merge = (id: string) => `${desk.page}/merges/${id}`

  function raise(attributes: Partial<RaidItem> & { title: string }, by?: Person) {
    return desk.world.inside(
      () => RaidItem.raise(desk.project, { type: 'risk', ...attributes }),
      by ?? desk.team
    )
  }

  /** Asks which are one, and answers the proposal that they are. */
  async function proposed(client: any) {
    desk.claude.wantsTool('propose_merge', { keep: one.ref, close: other.ref, why: 'Both leak' })
    walk = await Walk.begin(client, desk.team)
    await walk.open(page())
    await desk.settled(await walk.submit(page(), {}))
    const [{ id }] = await desk.proposals()
    return id
  }

  function items() {
    return desk.world.inside(() => RaidItem.query().orderBy('number').exec())
  }

  test('are searched for here first, and only similar pairs are sent', async ({
    assert,
    client,
  }) => {
    await raise({ title: 'The paint is late' })
    await raise({ title: 'The tide gate leaks', type: 'issue' })
    await raise({ title: 'The tide gate leaks', status: 'closed' })
    await raise({ title: 'The tide gate leaks', sensitivity: 'named_people' })
    await raise({ title: 'The tide gate leaks', sensitivity: 'project_leads' }, desk.manager)
    walk = await Walk.begin(client, desk.team)
    const shown = await walk.open(page())
    assert.include(shown.text(), '1 similar pair')
    const preview = await walk.submit(`${page()}/previews`, {})
    assert.lengthOf(desk.claude.journal, 0)
    await proposed(client)
    assert.equal(wholeIn(preview.text()), desk.claude.sent)
    const lines = desk.claude.sentBody.system[1].text.split('\n').slice(1)
    assert.sameMembers(
      lines.map((line: string) => JSON.parse(line).ref),
      [one.ref, other.ref]
    )
    assert.include(desk.claude.sentBody.messages[0].content, `${one.ref} and ${other.ref}`)
  })

  test('cost nothing where nothing reads alike', async ({ assert, client }) => {
    await desk.world.inside(() => RaidLink.join(other, one, 'relates_to'), desk.team)
    walk = await Walk.begin(client, desk.team)
    const shown = await walk.open(page())
    assert.include(shown.text(), 'No open entries are similar')
    assert.notInclude(shown.text(), 'Find duplicates')
    for (const path of [page(), `${page()}/previews`]) {
      const refused = await walk.submit(path, {})
      assert.equal(refused.header('location'), page())
    }
    assert.lengthOf(desk.claude.journal, 0)
  })

  test('are compared, and closed by their asker’s hand as an ordinary change', async ({
    assert,
    client,
  }) => {
    const id = await proposed(client)
    const shown = await walk.open(merge(id))
    for (const text of ['Both leak', 'Rust', `Close ${other.ref} as a duplicate of ${one.ref}`]) {
      assert.include(shown.text(), text)
    }
    assert.deepEqual(
      (await items()).map(({ status }) => status),
      ['open', 'open']
    )
    const done = await walk.submit(`${merge(id)}/acceptance`, {
      outcome: 'close',
      kept: 1,
      closed: 1,
    })
    done.assertStatus(303)
    const [kept, closed] = await items()
    assert.equal(kept.status, 'open')
    assert.equal(closed.status, 'closed')
    const [link] = await desk.world.inside(() => RaidLink.query().exec())
    assert.containSubset(link.$attributes, {
      fromId: closed.id,
      toId: kept.id,
      kind: 'duplicate_of',
    })
    const events = await sql(
      admin(),
      `select action, actor_kind from audit.events where organisation_id = ? and entity_id = ?
        and action <> 'raid_item.created' order by seq`,
      [desk.world.organisationId, closed.id]
    )
    assert.deepEqual(events, [
      { action: 'raid_item.status_changed', actor_kind: 'ai' },
      { action: 'raid_item.linked', actor_kind: 'ai' },
    ])
    const [proposal] = await desk.proposals()
    assert.containSubset(proposal.$attributes, { status: 'accepted', raidItemId: closed.id })

    const left = await walk.follow(done)
    const status = `/projects/${desk.project.id}/raid/${closed.id}/status`
    assert.include(left.text(), status)
    await walk.submit(status, { status: 'open', lock_version: closed.lockVersion }, 'PUT')
    assert.equal((await items())[1].status, 'open')
  })

  test('may be kept the other way round, or only linked', async ({ assert, client }) => {
    const first = await proposed(client)
    const versions = { kept: 1, closed: 1 }
    await walk.submit(`${merge(first)}/acceptance`, { outcome: 'close_kept', ...versions })
    assert.deepEqual(
      (await items()).map(({ status }) => status),
      ['closed', 'open']
    )
    assert.equal((await desk.proposals())[0].status, 'edited')

    one = await raise({ title: 'The winch sticks' })
    other = await raise({ title: 'Winch sticks' })
    await proposed(client)
    const [second] = (await desk.proposals()).filter(({ status }) => status === 'proposed')
    await walk.submit(`${merge(second.id)}/acceptance`, { outcome: 'link', ...versions })
    const links = await desk.world.inside(() => RaidLink.query().where('from_id', other.id).exec())
    assert.lengthOf(links, 1)
    assert.equal((await items()).at(-1)!.status, 'open')
  })

  test('that changed since must be read again before they are accepted', async ({
    assert,
    client,
  }) => {
    const id = await proposed(client)
    await desk.world.inside(async () => {
      const item = await RaidItem.findOrFail(one.id)
      await item.revise({ title: 'The lock gate leaks' }, item.lockVersion)
    }, desk.manager)
    const body = { outcome: 'close', kept: 1, closed: 1 }
    const refused = await walk.submitAndFollow(`${merge(id)}/acceptance`, body)
    assert.equal((await items())[1].status, 'open')
    assert.include((await walk.open(merge(id))).text(), `${one.ref} has changed since this`)
    assert.include(refused.text(), `${one.ref} has changed`)
    await walk.submit(`${merge(id)}/acceptance`, { ...body, kept: 2 })
    assert.equal((await items())[1].status, 'closed')
  })

  test('are not made from pairs that were not asked about: {name}')
    .with([
      { name: 'another entry', close: 'R3' },
      { name: 'the same entry', close: 'R1' },
      { name: 'another project', close: 'OTHER-R1' },
      { name: 'no reference', close: '' },
    ])
    .run(async ({ assert, client }, { close }) => {
      const code = desk.project.code
      await raise({ title: 'Something else' })
      const input = { keep: one.ref, close: close.startsWith('R') ? `${code}-${close}` : close }
      desk.claude.wantsTool('propose_merge', { ...input, why: 'x' })
      walk = await Walk.begin(client, desk.team)
      await walk.open(page())
      const row = await desk.settled(await walk.submit(page(), {}))
      assert.containSubset(row, { status: 'failed', failure: 'nonsense' })
      assert.lengthOf(await desk.proposals(), 0)
    })

  test('are nobody else’s to read or accept, nor closed without the right to', async ({
    assert,
    client,
  }) => {
    const id = await proposed(client)
    const elsewhere = await (await World.create()).person('owner')
    const body = { outcome: 'close', kept: 1, closed: 1 }
    for (const [person, status] of [
      [desk.manager, 404],
      [await desk.world.person('viewer'), 403],
      [await desk.world.person('stranger'), 404],
      [elsewhere, 404],
    ] as const) {
      const shown = await client.get(merge(id)).as(person)
      const accepted = await client
        .post(`${merge(id)}/acceptance`)
        .as(person)
        .form(body)
      for (const response of [shown, accepted]) response.assertStatus(status)
    }
    one = await raise({ title: 'The winch sticks' }, desk.manager)
    other = await raise({ title: 'Winch sticks' }, desk.manager)
    await proposed(client)
    const theirs = (await desk.proposals()).find(({ otherId }) => otherId === other.id)!
    const refused = await client
      .post(`${merge(theirs.id)}/acceptance`)
      .as(desk.team)
      .form(body)
    refused.assertStatus(403)
    assert.isTrue((await items()).every(({ status }) => status === 'open'))
  })
})
