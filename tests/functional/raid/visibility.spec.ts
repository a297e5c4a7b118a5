import { test } from '@japa/runner'
import RaidItem from '#models/raid_item'
import RaidReader from '#models/raid_reader'
import { Log } from '#tests/support/raid_log'
import { Walk } from '#tests/support/walk'
import type { Person } from '#tests/support/world'

const SECRET = 'Zebra takeover'

/** Who sees which secret: leads by their role, others because they raised it, own it or are named. */
const cases = [
  {
    sensitivity: 'normal',
    seen: ['manager', 'sponsor', 'team', 'viewer', 'pmo', 'owner', 'admin', 'auditor'],
  },
  {
    sensitivity: 'project_leads',
    seen: ['manager', 'sponsor', 'pmo', 'owner', 'admin', 'auditor'],
  },
  { sensitivity: 'named_people', seen: [] },
] as const

const ROLES = ['manager', 'sponsor', 'team', 'viewer', 'pmo', 'owner', 'admin', 'auditor'] as const

for (const { sensitivity, seen } of cases) {
  test.group(`Sensitivity ${sensitivity}`, (group) => {
    let log: Log
    let secret: RaidItem
    group.setup(async () => {
      log = await Log.create()
      secret = await log.world.inside(() =>
        RaidItem.raise(log.project, {
          type: 'risk',
          title: SECRET,
          sensitivity,
          currentLikelihood: 5,
          currentImpact: 5,
          dueOn: '2026-01-05',
        } as any)
      )
    })

    for (const role of ROLES) {
      const visible = (seen as readonly string[]).includes(role)
      test(`${visible ? 'shows' : 'hides'} the entry ${visible ? 'to' : 'from'} a ${role}, everywhere`, async ({
        assert,
        client,
      }) => {
        await everywhere(assert, client, log, secret, await log.world.person(role), visible)
      })
    }

    test('shows it to whoever raised it, owns it or is named on it', async ({ assert, client }) => {
      const title = { title: SECRET, currentLikelihood: 5, currentImpact: 5, dueOn: '2026-01-05' }
      const fresh = await Log.create()
      const raised = await fresh.raise('risk', { ...title, sensitivity }, fresh.people.team)
      await everywhere(assert, client, fresh, raised, fresh.people.team, true)
      const owns = await Log.create()
      const owned = await owns.raise('risk', {
        ...title,
        sensitivity,
        ownerId: owns.people.team.membershipId,
      })
      await everywhere(assert, client, owns, owned, owns.people.team, true)
      const names = await Log.create()
      const named = await names.raise('risk', { ...title, sensitivity })
      await names.world.inside(() =>
        RaidReader.create({ raidItemId: named.id, membershipId: names.people.viewer.membershipId })
      )
      await everywhere(assert, client, names, named, names.people.viewer, true)
    })
  })
}

/** Every page that could let an entry slip: by its title, its ref or its place in a count. */
async function everywhere(
  assert: any,
  client: any,
  log: Log,
  secret: RaidItem,
  person: Person,
  visible: boolean
) {
  const walk = await Walk.begin(client, person)
  const text = async (path: string) => {
    const page = await walk.open(path)
    page.assertStatus(200)
    return page.text().replaceAll(/\s+/g, ' ')
  }
  const lists = [
    log.url,
    `${log.url}?q=zebra`,
    `${log.url}?q=${secret.ref}`,
    `${log.url}?likelihood=5&impact=5`,
    '/raid',
    '/raid?q=zebra',
    `/raid?q=${secret.ref}`,
  ]
  for (const path of lists) {
    const html = await text(path)
    assert.equal(html.includes(SECRET), visible, path)
    // Across projects the tabs count nothing, since counting would grow with the organisation.
    if (!path.startsWith(log.url)) continue
    assert.match(
      html,
      new RegExp(`Risks <span class="count">${visible ? 1 : 0}<`),
      `the tab of ${path}`
    )
  }
  for (const path of [`${log.url}.csv?type=risk`, '/raid.csv?type=risk']) {
    const page = await walk.open(path)
    if (page.status() === 200) assert.equal(page.text().includes(SECRET), visible, path)
  }
  const home = await text(`/projects/${log.project.id}`)
  assert.equal(home.includes(SECRET), visible, 'project home')
  assert.equal(/likelihood 5 and impact 5/.test(home), visible, 'heat map')
  const projects = await text('/projects')
  assert.equal(/severe risks in/.test(projects), visible, 'project list')
  const page = await walk.open(log.urlOf(secret))
  page.assertStatus(visible ? 200 : 404)
}

test.group('RAID across projects', () => {
  test('lists entries of projects that the reader may see', async ({ assert, client }) => {
    const [log, other] = [await Log.create(), await Log.create()]
    await other.raise('risk', { title: 'Of another organisation' })
    await log.raise('risk', { title: 'Of my project' })
    for (const [role, sees] of [
      ['manager', true],
      ['stranger', false],
    ] as const) {
      const walk = await Walk.begin(client, log.people[role])
      const page = (await walk.open('/raid')).text()
      assert.equal(page.includes('Of my project'), sees)
      assert.notInclude(page, 'Of another organisation')
    }
  })

  test('keeps an entry for leads of one project from leads of another', async ({
    assert,
    client,
  }) => {
    const log = await Log.create()
    const secret = await log.raise('risk', { title: SECRET, sensitivity: 'project_leads' })
    const lead = await log.world.person('stranger')
    await log.world.project({ managerId: lead.membershipId, visibility: 'organisation' })
    await log.world.inside(async () => log.project.merge({ visibility: 'organisation' }).save())
    const walk = await Walk.begin(client, lead)
    assert.notInclude((await walk.open('/raid')).text(), SECRET)
    const page = await walk.open(log.urlOf(secret))
    page.assertStatus(404)
  })
})

test.group('The heat map', () => {
  test('counts open risks, and each cell leads to exactly these', async ({ assert, client }) => {
    const log = await Log.create()
    const place = (currentLikelihood: number, currentImpact: number, rest = {}) =>
      log.raise('risk', {
        title: `At ${currentLikelihood}/${currentImpact}`,
        currentLikelihood,
        currentImpact,
        ...rest,
      })
    await place(5, 5)
    await place(5, 5, { status: 'treating' })
    await place(5, 5, { status: 'closed', title: 'Closed' })
    await place(5, 5, { sensitivity: 'named_people', title: 'Named' })
    await place(1, 4)
    await log.raise('risk', { title: 'Not scored' })
    await log.raise('issue', { title: 'An issue' })
    const walk = await Walk.begin(client, log.people.viewer)
    const home = (await walk.open(`/projects/${log.project.id}`)).text()
    const cells = [...home.matchAll(/href="([^"]+likelihood=\d&amp;impact=\d)"[^>]*>([^]*?)<\/a>/g)]
    assert.lengthOf(cells, 2)
    for (const [, href, inside] of cells) {
      const count = Number(/\d+/.exec(inside.replaceAll(/<[^>]+>/g, ' '))![0])
      const list = (await walk.open(href.replaceAll('&amp;', '&'))).text()
      const [, likelihood, impact] = /likelihood=(\d)&amp;impact=(\d)/.exec(href)!
      assert.lengthOf(list.split(`>At ${likelihood}/${impact}<`), count + 1)
      assert.lengthOf([...list.matchAll(/<td class="ref">/g)], count)
    }
  })
})
