import { setTimeout as wait } from 'node:timers/promises'
import { test } from '@japa/runner'
import { rateIssues } from '#models/raid/ratings'
import RaidItem from '#models/raid_item'
import RaidScoring from '#models/raid_scoring'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Log } from '#tests/support/raid_log'
import { countQueries } from '#tests/support/query_count'
import { Walk } from '#tests/support/walk'

/** Low 1 to 2, Medium 3 to 5, High 6 to 11, Severe from 12: apart from the usual bands everywhere. */
const BANDS = { mediumFrom: 3, highFrom: 6, severeFrom: 12, appetite: 4 }

const RATED = { severity: 3, urgency: 4 }

const refs = (html: string) =>
  [...html.matchAll(/<td class="ref">([\w-]+)<\/td>/g)].map(([, ref]) => ref.split('-')[1])

/** Changes the bands and lets the job that follows run. */
async function rescore({ world }: Log, changes: Partial<RaidScoring>) {
  await world.inside(async () => {
    const { lockVersion } = await RaidScoring.current()
    await RaidScoring.revise(changes, lockVersion)
  })
  await world.inside(rateIssues)
}

function scored(log: Log, likelihood: number, impact: number, rest = {}) {
  return log.raise('risk', { currentLikelihood: likelihood, currentImpact: impact, ...rest })
}

test.group('The organisation’s own scoring', (group) => {
  let log: Log
  let manager: Walk
  group.setup(async () => {
    log = await Log.create()
    await rescore(log, {
      ...BANDS,
      likelihoodLabels: ['Rare', 'Unlikely', 'Possible', 'Likely', 'Certain'],
      likelihoodMeanings: ['Once in ten years', '', '', '', ''],
    })
    for (const [likelihood, impact] of [
      [1, 2],
      [1, 4],
      [2, 4],
      [3, 4],
      [5, 5],
    ]) {
      await scored(log, likelihood, impact)
    }
  })
  group.each.setup(async ({ context }) => {
    manager = await Walk.begin(context.client, log.people.manager)
  })

  test('decides which risks a list shows: {band}')
    .with([
      { band: 'low', shown: ['R1'] },
      { band: 'medium', shown: ['R2'] },
      { band: 'high', shown: ['R3'] },
      { band: 'severe', shown: ['R4', 'R5'] },
    ])
    .run(async ({ assert }, { band, shown }) => {
      for (const path of [log.url, '/raid']) {
        const page = await manager.open(`${path}?type=risk&band=${band}&sort=ref`)
        assert.deepEqual(refs(page.text()), shown)
        assert.include(page.text(), `tone-${band}`)
      }
    })

  test('colours the heat map and names its stops', async ({ assert }) => {
    const home = (await manager.open(`/projects/${log.project.id}`)).text()
    assert.include(home, '1 risk with likelihood 3 and impact 4: score 12, Severe')
    assert.include(home, '1 risk with likelihood 2 and impact 4: score 8, High')
    assert.match(
      home,
      /heat-severe">\s*<a class="heat__count" href="[^"]*likelihood=3&amp;impact=4/
    )
    assert.include(home, 'Likely <b>4</b>')
  })

  test('counts in the figures of home pages and of the list of projects', async ({ assert }) => {
    const home = (await manager.open(`/projects/${log.project.id}`)).text()
    assert.match(home, /Severe risks<\/span>\s*<span class="stat__value">2</)
    const projects = (await manager.open('/projects')).text()
    assert.match(projects, />2<span class="visually-hidden"> severe risks in/)
  })

  test('explains the levels to people who score', async ({ assert }) => {
    const form = (await manager.open(`${log.url}/create?type=risk`)).text()
    assert.include(form, 'What each score means')
    assert.include(form, 'Once in ten years')
    assert.include(form, 'Certain')
    const issue = (await manager.open(`${log.url}/create?type=issue`)).text()
    assert.notInclude(issue, 'Certain')
  })

  test('is used in exports', async ({ assert }) => {
    const csv = (await manager.open(`${log.url}.csv?type=risk&sort=ref`)).text()
    const [heads, ...rows] = csv
      .trim()
      .split('\r\n')
      .map((line) => line.split(','))
    const bands = rows.map((cells) => cells[heads.indexOf('Band')])
    assert.deepEqual(bands, ['Low', 'Medium', 'High', 'Severe', 'Severe'])
    const issue = await log.raise('issue', { severity: 3, urgency: 4 })
    const issues = (await manager.open(`${log.url}.csv?type=issue`)).text()
    assert.match(issues, new RegExp(`I${issue.number},[^\\n]*,critical,`))
  })

  test('says from when on the sponsor accepts', async ({ assert, client }) => {
    const above = await scored(log, 1, 5, { nature: 'threat' })
    const refused = await manager.submitAndFollow(
      log.urlOf(above),
      {
        title: 'One risk',
        nature: 'threat',
        response: 'accept',
        current_likelihood: 1,
        current_impact: 5,
        lock_version: 1,
      },
      'PUT'
    )
    assert.include(refused.text(), 'Only the sponsor can accept a risk scored above 4')
    const sponsor = await Walk.begin(client, log.people.sponsor)
    assert.include((await sponsor.open(log.urlOf(above))).text(), 'Accept this risk')
    const below = await scored(log, 1, 4, { nature: 'threat' })
    const fields = { title: 'Just within', nature: 'threat', response: 'accept', lock_version: 1 }
    const within = { ...fields, current_likelihood: 1, current_impact: 4 }
    await manager.submit(log.urlOf(below), within, 'PUT')
    assert.equal((await log.fresh(below)).response, 'accept')
    assert.notInclude((await sponsor.open(log.urlOf(below))).text(), 'Accept this risk')
  })

  test('costs no query', async ({ assert, client }) => {
    const usual = await Log.create()
    for (const path of ['raid?type=risk&band=severe', '']) {
      const visit = ({ project, people }: Log) =>
        client.get(`/projects/${project.id}/${path}`).as(people.manager)
      await visit(log)
      await scored(usual, 5, 5)
      await visit(usual)
      const [own, others] = [
        await countQueries(() => visit(log)),
        await countQueries(() => visit(usual)),
      ]
      assert.equal(own, others)
    }
  })

  test('belongs to one organisation', async ({ assert, client }) => {
    const other = await Log.create()
    await scored(other, 3, 4)
    const walk = await Walk.begin(client, other.people.manager)
    const page = (await walk.open(`${other.url}?type=risk`)).text()
    assert.include(page, '12 High')
    const form = (await walk.open(`${other.url}/create?type=risk`)).text()
    assert.notInclude(form, 'What each score means')
  })
})

test.group('The rating of issues', () => {
  const CASES = [
    { severity: 2, urgency: 2, priorityOverride: 'high', priorityReason: 'Felt' },
    RATED,
    { severity: 1, urgency: 5 },
    { severity: 5, urgency: 5 },
  ]

  test('follows changed bands in the order of the list, for old issues and new', async ({
    assert,
    client,
  }) => {
    const log = await Log.create()
    const manager = await Walk.begin(client, log.people.manager)
    const order = async () => refs((await manager.open(`${log.url}?type=issue`)).text())
    for (const issue of CASES) await log.raise('issue', issue)
    assert.deepEqual(await order(), ['I4', 'I2', 'I1', 'I3'])
    const before = await log.fresh(await log.raise('issue', {}))
    await rescore(log, { mediumFrom: 6, highFrom: 15, severeFrom: 20 })
    assert.deepEqual(await order(), ['I4', 'I1', 'I2', 'I3', 'I5'])
    await log.raise('issue', { severity: 3, urgency: 5 })
    assert.deepEqual(await order(), ['I4', 'I6', 'I1', 'I2', 'I3', 'I5'])
    const [after] = await sql(admin(), 'select * from raid_items where id = ?', [before.id])
    assert.deepEqual(after, before, 'an issue without a rating is left alone')
  })

  test('changes with its issue, and leaves version and date of the others alone', async ({
    assert,
  }) => {
    const log = await Log.create()
    const issue = await log.raise('issue', { severity: 3, urgency: 4 })
    const before = await log.fresh(issue)
    assert.equal(before.rating, 312)
    await rescore(log, { severeFrom: 12 })
    const after = await log.fresh(issue)
    assert.deepEqual({ ...after, rating: 312 }, before)
    assert.equal(after.rating, 412)
    await log.world.inside(() => issue.revise({ urgency: 1 }, 1))
    assert.equal((await log.fresh(issue)).rating, 103)
  })

  test('never uses bands that were replaced before the commit', async ({ assert }) => {
    const log = await Log.create()
    const { world, project } = log
    let changing: Promise<unknown> = Promise.resolve()
    let isChanged = false
    const issue = await world.inside(async () => {
      const written = await RaidItem.raise(project, { type: 'issue', title: 'An issue', ...RATED })
      changing = world
        .inside(() => RaidScoring.revise({ severeFrom: 12 }, 1))
        .then(() => (isChanged = true))
      await somebodyWaits()
      assert.isFalse(isChanged)
      return written
    })
    await changing
    await world.inside(rateIssues)
    assert.equal((await log.fresh(issue)).rating, 412)
  })
})

/** Returns once a transaction waits for a lock on some organisation's bands. */
async function somebodyWaits() {
  for (let attempt = 0; attempt < 2000; attempt++) {
    const rows = await sql(
      admin(),
      `select from pg_locks where locktype = 'advisory' and not granted`
    )
    if (rows.length > 0) return
    await wait(10)
  }
  throw new Error('The change of bands did not wait for whoever writes an issue')
}
