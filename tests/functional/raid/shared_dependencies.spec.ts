import { test } from '@japa/runner'
import { computedHealth } from '#models/health/computed'
import type RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { choicesOf, unescaped } from '#tests/support/html'
import { TwoProjects } from '#tests/support/two_projects'
import { Walk } from '#tests/support/walk'

test.group('Dependencies between projects', (group) => {
  let two: TwoProjects
  let manager: Walk
  let there: Walk
  group.each.setup(async ({ context }) => {
    two = await TwoProjects.create()
    manager = await Walk.begin(context.client, two.log.people.manager)
    there = await Walk.begin(context.client, two.otherManager)
  })

  const standing = (item: RaidItem) => two.log.fresh(item)
  const version = async (item: RaidItem) => (await standing(item)).lock_version
  const answer = async (walk: Walk, url: string, item: RaidItem, given: object) =>
    walk.submit(`${url}/answer`, { lock_version: await version(item), ...given }, 'PUT')
  const agreeThere = (item: RaidItem) =>
    answer(there, two.urlThere(item), item, { answer: 'agreed' })
  const healthOf = async () => {
    const ids = [two.log.project.id, two.other.id]
    const health = await two.log.world.inside(() => computedHealth(ids))
    return ids.map((id) => health.get(id)!.schedule.rating)
  }
  const notices = (membershipId: string) =>
    sql(
      admin(),
      `select title, path from notifications where membership_id = ? and kind = 'dependency' order by id`,
      [membershipId]
    )

  test('are in both logs, and in the other manager’s notices and work', async ({ assert }) => {
    await two.log.world.inside(() => two.log.project.merge({ visibility: 'members' }).save())
    const item = await two.depend()
    const page = unescaped((await there.open(`${two.url}?type=dependency`)).text())
    assert.include(page, 'Quay ready for the trial')
    assert.include(page, 'Shared by another project')
    assert.notInclude(page, two.log.project.code)
    const home = unescaped((await manager.open(`${two.log.url}?type=dependency`)).text())
    assert.include(home, `${two.log.project.code}-D1`)
    assert.include(home, 'another project')
    assert.notInclude(home, 'Harbour wall')
    const [notice] = await notices(two.otherManager.membershipId)
    assert.include(notice.title, 'asks you to agree')
    assert.equal(notice.path, two.urlThere(item))
    assert.include((await there.open('/work')).text(), two.urlThere(item))
  })

  test('are counted by both, as the lists behind the counts hold them', async ({ assert }) => {
    const { project } = two.log
    await two.depend()
    await two.depend({ title: 'Called off', status: 'cancelled' })
    for (const [walk, id] of [
      [manager, project.id],
      [there, two.other.id],
    ] as const) {
      const list = `/projects/${id}/raid?type=dependency&state=open`
      const home = unescaped((await walk.open(`/projects/${id}`)).text())
      assert.match(home.split(`href="${list}"`)[1], /^[^]*?stat__value">1</)
      const projects = unescaped((await walk.open('/projects')).text())
      assert.match(projects.split(`href="${list}"`)[1], /^[^]*?<\/span>1</)
      assert.include((await walk.open(list)).text(), '1 shown')
    }
  })

  test('filter by their direction as each side sees it', async ({ assert }) => {
    await two.log.world.inside(() => two.log.project.merge({ visibility: 'members' }).save())
    await two.depend({ direction: 'inbound' })
    for (const [walk, path, direction] of [
      [manager, two.log.url, 'inbound'],
      [manager, '/raid', 'inbound'],
      [there, two.url, 'outbound'],
      [there, '/raid', 'outbound'],
    ] as const) {
      const other = direction === 'inbound' ? 'outbound' : 'inbound'
      const page = (flow: string) => walk.open(`${path}?type=dependency&flow=${flow}`)
      const shown = (await page(direction)).text()
      assert.include(shown, 'Quay ready for the trial', path)
      assert.include(shown, direction === 'inbound' ? 'Direction: Inbound' : 'Direction: Outbound')
      assert.notInclude((await page(other)).text(), 'Quay ready for the trial', path)
    }
  })

  test('are listed once for an owner who is also to answer', async ({ assert }) => {
    const ownerId = two.log.people.manager.membershipId
    const item = await two.depend({ ownerId })
    const linesOf = async () => {
      const page = (await manager.open('/work')).text()
      return page.match(new RegExp(`href="${two.log.urlOf(item)}[#"]`, 'g')) ?? []
    }
    assert.deepEqual(await linesOf(), [`href="${two.log.urlOf(item)}"`])
    await answer(there, two.urlThere(item), item, {
      answer: 'date_proposed',
      reason: 'The crane is late',
      proposed_on: '2099-04-01',
    })
    assert.deepEqual(await linesOf(), [`href="${two.log.urlOf(item)}#`])
    assert.include((await manager.open('/work')).text(), 'Dependency to settle')
    await answer(manager, two.log.urlOf(item), item, { answer: 'agreed' })
    assert.deepEqual(await linesOf(), [`href="${two.log.urlOf(item)}"`])
  })

  test('wait for the PMO where the other manager is gone', async ({ assert, client }) => {
    const pmo = await Walk.begin(client, two.log.people.pmo)
    const { membershipId } = two.log.people.pmo
    const told = await two.depend()
    assert.lengthOf(await notices(membershipId), 0)
    assert.notInclude((await pmo.open('/work')).text(), two.urlThere(told))
    await sql(admin(), `update memberships set status = 'left' where id = ?`, [
      two.otherManager.membershipId,
    ])
    const item = await two.depend()
    const [notice] = await notices(membershipId)
    assert.equal(notice.path, two.urlThere(item))
    assert.include((await pmo.open('/work')).text(), two.urlThere(item))
    await pmo.open(two.urlThere(item))
    await answer(pmo, two.urlThere(item), item, { answer: 'agreed' })
    assert.equal((await standing(item)).status, 'agreed')
    assert.notInclude((await pmo.open('/work')).text(), two.urlThere(item))
  })

  test('are told to owners where the other manager is gone and there is no PMO', async ({
    assert,
    client,
  }) => {
    const { pmo } = two.log.people
    const owner = await two.log.world.person('owner')
    await sql(admin(), `update memberships set status = 'left' where id = any(?)`, [
      [two.otherManager.membershipId, pmo.membershipId],
    ])
    const item = await two.depend()
    const [notice] = await notices(owner.membershipId)
    assert.equal(notice.path, two.urlThere(item))
    const office = await Walk.begin(client, owner)
    ;(await office.open(two.urlThere(item))).assertStatus(200)
    assert.include((await office.open('/work')).text(), 'Harbour wall')
  })

  test('name the other project to those who may see it', async ({ assert, client }) => {
    const item = await two.depend()
    const pmo = await Walk.begin(client, two.log.people.pmo)
    const page = unescaped((await pmo.open(two.urlThere(item))).text())
    assert.include(page, `${two.log.project.code}-D1`)
    assert.include(unescaped((await pmo.open(two.log.urlOf(item))).text()), 'Harbour wall')
  })

  test('are agreed when both have said so, and count as amber in both until then', async ({
    assert,
  }) => {
    const item = await two.depend()
    assert.deepEqual(await healthOf(), ['amber', 'amber'])
    await manager.open(two.log.urlOf(item))
    const moved = await manager.submit(
      `${two.log.urlOf(item)}/status`,
      { status: 'agreed', lock_version: 1 },
      'PUT'
    )
    assert.include(
      unescaped((await manager.follow(moved)).text()),
      'It becomes agreed when both projects agree'
    )
    assert.equal((await standing(item)).status, 'proposed')
    const done = await agreeThere(item)
    done.assertStatus(303)
    assert.include(unescaped((await there.follow(done)).text()), 'Both projects agree')
    assert.equal((await standing(item)).status, 'agreed')
    assert.deepEqual(await healthOf(), ['green', 'green'])
    assert.include(
      (await notices(two.log.people.manager.membershipId))[0].title,
      'The other project agrees'
    )
  })

  test('lose the agreement of the other side when their date or content changes', async ({
    assert,
  }) => {
    const item = await two.depend()
    await agreeThere(item)
    const change = async (dates: Record<string, string>) =>
      manager.submit(
        two.log.urlOf(item),
        {
          title: item.title,
          direction: 'inbound',
          counterpart_kind: 'project',
          counterpart_project_id: two.other.id,
          lock_version: await version(item),
          ...dates,
        },
        'PUT'
      )
    await change({ due_on: '2099-02-01' })
    const row = await standing(item)
    assert.deepEqual(
      [row.status, row.home_answer, row.counterpart_answer, row.awaited_side],
      ['proposed', 'agreed', null, 'counterpart']
    )
    const [, told] = await notices(two.otherManager.membershipId)
    assert.include(told.title, 'no longer applies')
    assert.deepEqual(await healthOf(), ['amber', 'amber'])
    await agreeThere(item)
    await change({ due_on: '2099-02-01', promised_on: '2099-01-15' })
    assert.isNull((await standing(item)).counterpart_answer)
  })

  test('take the date that the other side asked for once this side agrees', async ({ assert }) => {
    const item = await two.depend()
    await answer(there, two.urlThere(item), item, {
      answer: 'date_proposed',
      proposed_on: '2099-04-01',
      reason: 'The piling rig is late',
    })
    const asked = await standing(item)
    assert.deepEqual([asked.status, asked.awaited_side], ['proposed', 'home'])
    assert.isNull(asked.home_answer, 'what was agreed to was another date')
    assert.include((await manager.open('/work')).text(), two.log.urlOf(item))
    assert.include(
      unescaped((await manager.open(two.log.urlOf(item))).text()),
      'The piling rig is late'
    )
    await answer(manager, two.log.urlOf(item), item, { answer: 'agreed' })
    const [row] = await sql(admin(), 'select status, due_on::text from raid_items where id = ?', [
      item.id,
    ])
    assert.deepEqual(row, { status: 'agreed', due_on: '2099-04-01' })
  })

  test('are red in both once missed, and agreed no more once one side disagrees', async ({
    assert,
  }) => {
    const item = await two.depend()
    await agreeThere(item)
    await answer(there, two.urlThere(item), item, { answer: 'disagreed', reason: 'No crane' })
    assert.equal((await standing(item)).status, 'proposed')
    await agreeThere(item)
    await answer(manager, two.log.urlOf(item), item, { answer: 'agreed' })
    assert.equal((await standing(item)).status, 'agreed')
    await there.submit(
      `${two.urlThere(item)}/status`,
      { status: 'missed', lock_version: await version(item) },
      'PUT'
    )
    assert.deepEqual(await healthOf(), ['red', 'red'])
  })

  test('refuse an answer without its reason or date, and keep what was typed', async ({
    assert,
  }) => {
    const item = await two.depend()
    const cases: [object, string][] = [
      [{ answer: 'disagreed' }, 'Enter why you disagree'],
      [{ answer: 'date_proposed' }, 'Enter a date other than'],
      [{ answer: 'date_proposed', proposed_on: '2099-03-01' }, 'Enter a date other than'],
      [{}, 'Choose an answer'],
    ]
    for (const [given, says] of cases) {
      await there.open(two.urlThere(item))
      const refused = await answer(there, two.urlThere(item), item, { ...given })
      assert.include(unescaped((await there.follow(refused)).text()), says)
    }
    assert.equal((await standing(item)).lock_version, 1)
  })

  test('lead who may answer for the other project from the page of the first', async ({
    assert,
  }) => {
    const item = await two.depend()
    await two.log.world.inside(() => two.log.project.merge({ visibility: 'organisation' }).save())
    const link = `${two.urlThere(item)}#agreement`
    const here = async (walk: Walk) => (await walk.open(two.log.urlOf(item))).text()
    assert.include(await here(there), link)
    assert.notInclude(await here(manager), link)
    await there.open(two.urlThere(item))
    await agreeThere(item)
    assert.notInclude(await here(there), link)
  })

  test('are answered only by those who speak for a project', async ({ assert, client }) => {
    const item = await two.depend()
    const { team, viewer, stranger } = two.log.people
    const given = { answer: 'agreed', lock_version: 1 }
    for (const person of [team, viewer]) {
      const walk = await Walk.begin(client, person)
      const refused = await walk.submit(`${two.log.urlOf(item)}/answer`, given, 'PUT')
      refused.assertStatus(403)
    }
    const walk = await Walk.begin(client, stranger)
    const lost = await walk.submit(`${two.urlThere(item)}/answer`, given, 'PUT')
    lost.assertStatus(404)
    const unseen = await manager.submit(`${two.urlThere(item)}/answer`, given, 'PUT')
    unseen.assertStatus(404)
    assert.equal((await standing(item)).counterpart_answer, null)
    const off = { status: 'cancelled', lock_version: 1 }
    await there.open(two.urlThere(item))
    await there.submit(`${two.urlThere(item)}/status`, off, 'PUT')
    assert.equal((await standing(item)).status, 'proposed', 'only who asked calls it off')
    await manager.open(two.log.urlOf(item))
    await manager.submit(`${two.log.urlOf(item)}/status`, off, 'PUT')
    const ended = await standing(item)
    assert.deepEqual([ended.status, ended.awaited_side], ['cancelled', null])
  })

  test('that are kept to a few people stay with them', async ({ assert }) => {
    const kept = await two.depend({ title: 'Secret quay', sensitivity: 'project_leads' })
    assert.notInclude((await there.open(`${two.url}?type=dependency`)).text(), 'Secret quay')
    const lost = await there.open(two.urlThere(kept))
    lost.assertStatus(404)
    assert.lengthOf(await notices(two.otherManager.membershipId), 0)
    assert.notInclude((await there.open('/search?q=Secret')).text(), 'Secret quay')
  })

  test('do not show the other side their discussion, nor let it change them', async ({
    assert,
  }) => {
    const item = await two.depend()
    await manager.submit(`${two.log.urlOf(item)}/comments`, { body: 'They are never on time' })
    assert.notInclude((await there.open(two.urlThere(item))).text(), 'never on time')
    for (const [path, method] of [
      ['', 'PUT'],
      ['/comments', 'POST'],
      ['/links', 'POST'],
      ['/row', 'PATCH'],
    ]) {
      const lost = await there.submit(`${two.urlThere(item)}${path}`, { body: 'x' }, method)
      lost.assertStatus(404)
    }
  })

  test('are recorded in the trails of both', async ({ assert }) => {
    const item = await two.depend()
    await agreeThere(item)
    const trail = (projectId: string) =>
      sql(
        admin(),
        'select action, ref from audit.events where entity_id = ? and project_id = ? order by seq',
        [item.id, projectId]
      )
    assert.deepEqual(
      (await trail(two.log.project.id)).map(({ action }) => action),
      ['raid_item.created', 'raid_item.changed_there']
    )
    assert.deepEqual(await trail(two.other.id), [
      { action: 'raid_item.proposed', ref: 'D1' },
      { action: 'raid_item.answered', ref: 'D1' },
    ])
    const page = unescaped((await there.open(`/projects/${two.other.id}/audit`)).text())
    assert.include(page, 'Quay ready for the trial')
  })

  test('are found from either side', async ({ assert }) => {
    await two.log.world.inside(() => two.log.project.merge({ visibility: 'members' }).save())
    const item = await two.depend()
    const found = unescaped((await there.open('/search?q=Quay')).text())
    assert.include(found, two.urlThere(item))
    assert.notInclude(found, two.log.project.code)
    const across = unescaped((await there.open('/raid?type=dependency')).text())
    assert.include(across, two.urlThere(item))
    assert.notInclude(across, two.log.project.code)
    const csv = await there.open(`${two.url}.csv?type=dependency`)
    assert.include(csv.text(), 'Quay ready for the trial')
    assert.notInclude(csv.text(), two.log.project.code)
  })

  test('a project that is over is offered as the other side only where it is that already', async ({
    assert,
  }) => {
    const pmo = await Walk.begin(manager.client, two.log.people.pmo)
    const item = await two.depend()
    const offered = async (page: string) =>
      choicesOf((await pmo.open(page)).text(), 'counterpart_project_id')
    const form = `${two.log.url}/create?type=dependency`
    assert.include(await offered(form), two.other.id)
    await two.log.world.inside(() => two.other.merge({ status: 'closed' }).save())
    assert.notInclude(await offered(form), two.other.id)
    assert.include(await offered(`${two.log.urlOf(item)}/edit`), two.other.id)
  })

  test('are not asked of a project that is over, nor of the project itself', async ({ assert }) => {
    await two.log.world.inside(() => two.other.merge({ status: 'closed' }).save())
    const pmo = await Walk.begin(manager.client, two.log.people.pmo)
    await pmo.open(`${two.log.url}/create?type=dependency`)
    for (const [id, says] of [
      [two.other.id, 'no one there can agree'],
      [two.log.project.id, 'a project other than this one'],
    ]) {
      const refused = await pmo.submit(two.log.url, {
        type: 'dependency',
        title: 'Late',
        direction: 'inbound',
        counterpart_kind: 'project',
        counterpart_project_id: id,
      })
      assert.include(unescaped((await pmo.follow(refused)).text()), says)
    }
    assert.equal(await two.log.count('raid_items'), 0)
  })
})
