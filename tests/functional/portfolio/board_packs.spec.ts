import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { makePack } from '#exports/board_pack/make'
import { discardPack } from '#exports/board_pack/store'
import { declareRatings } from '#models/health/declaring'
import BoardPack from '#models/board_pack'
import Project from '#models/project'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import {
  boxesIn,
  flawIn,
  pagesOf,
  partsOf,
  rightEndOf,
  slidesOf,
  tagsOf,
} from '#tests/support/board_packs'
import { readyPack } from '#tests/support/exercises/portfolio'
import { LOOKS_AGAIN } from '#tests/support/html'
import { Reports } from '#tests/support/reports'
import { SCRIPTS } from '#tests/support/scripts'
import { inDays, Table } from '#tests/support/table'
import { Walk } from '#tests/support/walk'
import { World, type Person } from '#tests/support/world'

const PACKS = '/portfolio/packs'
const STRANGE = 'Fähre Łódź ß 漢口 Ω Ж'

/** For comparing: PDF readers add spaces, and normalise some characters. */
const tight = (text: string) => text.normalize('NFKC').replaceAll(/\s/g, '')

test.group('Board packs', (group) => {
  let table: Table
  let world: World
  let pmo: Walk
  group.each.setup(async ({ context }) => {
    table = await Table.create()
    world = table.world
    pmo = await Walk.begin(context.client, table.people.pmo)
  })

  const named = (packId: string) => ({ organisationId: world.organisationId, packId })
  const made = (owner: Person = table.people.pmo, ids = [table.project.id]) =>
    readyPack(world, owner, ids)
  const row = async (id: string) => {
    const [found] = await sql(admin(), 'select * from board_packs where id = ?', [id])
    return found
  }
  const ask = (fields: Record<string, unknown> = {}, walk = pmo) =>
    walk.submit(PACKS, { query: '', ...fields })

  test('is asked for, made by a job, followed and fetched, each told once', async ({ assert }) => {
    assert.include((await pmo.open(PACKS)).text(), 'No board packs yet')
    const form = await pmo.open(`${PACKS}/create?query=status%3Dactive`)
    assert.include(form.text(), table.project.code)
    const answer = await ask({ 'query': 'status=active', 'projects[]': table.project.id })
    const [, id] = /packs\/([0-9a-f-]{36})$/.exec(answer.header('location')!)!
    const waiting = await pmo.follow(answer)
    assert.include(waiting.text(), 'Waiting')
    assert.include(waiting.text(), LOOKS_AGAIN)
    assert.include(waiting.text(), 'hx-trigger="every 2s"')
    const jobs = await sql(
      admin(),
      `select payload->>'packId' as pack from graphile_worker._private_jobs
        where payload->>'packId' = ?`,
      [id]
    )
    assert.lengthOf(jobs, 1)

    await makePack(named(id))
    const ready = await pmo.open(`${PACKS}/${id}`)
    assert.include(ready.text(), 'Download PDF')
    assert.notInclude(ready.text(), LOOKS_AGAIN)
    for (const [format, type] of [
      ['pdf', 'application/pdf'],
      ['pptx', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
    ]) {
      const file = await pmo.submit(`${PACKS}/${id}/download`, { format })
      file.assertStatus(200)
      assert.match(file.header('content-disposition')!, new RegExp(`board-pack-.+\\.${format}"$`))
      assert.equal(file.header('content-type'), type)
    }
    assert.deepEqual(
      (await table.events(id)).map(({ action }) => action),
      ['created', 'ready', 'downloaded', 'downloaded'].map((verb) => `board_pack.${verb}`)
    )
  })

  test('offers to choose all projects at once, and none of them again', async ({ assert }) => {
    const other = await world.project()
    const none = (await pmo.open(`${PACKS}/create?query=status%3Dactive`)).text()
    const all = `${PACKS}/create?projects=all&amp;query=status%3Dactive`
    assert.include(none, `href="${all}">Choose all<`)
    assert.notMatch(none, /name="projects\[\]"[^>]*checked/)
    const chosen = (await pmo.open(all.replace('&amp;', '&'))).text()
    for (const { id } of [table.project, other]) {
      assert.match(chosen, new RegExp(`value="${id}" checked`))
    }
    assert.include(chosen, `href="${PACKS}/create?query=status%3Dactive">Choose none<`)
  })

  test('is read out in its order: headings, tables with their heads, charts in words', async ({
    assert,
  }) => {
    await table.raise('risk', { nature: 'threat', currentLikelihood: 5, currentImpact: 5 })
    const id = await made()
    const tags = await tagsOf(named(id))
    assert.deepEqual(tags.slice(0, 2), ['Document', 'P'])
    assert.lengthOf(
      tags.filter((tag) => tag === 'H1'),
      1
    )
    for (const tag of ['H2', 'H3', 'Table', 'TR', 'TH', 'TD']) assert.include(tags, tag)
    assert.isTrue(tags.some((tag) => /^Figure: .+: Red \d+, Amber \d+/.test(tag)))
    const slides = (await partsOf(named(id))).filter(([name]) =>
      /slides\/slide\d+\.xml$/.test(name)
    )
    for (const [name, text] of slides) assert.include(text, 'type="title"', name)
  })

  test('keeps a project together: parts share slides, and each page of paper has its name', async ({
    assert,
  }) => {
    for (const number of [1, 2, 3, 4, 5]) {
      await table.raise('risk', {
        nature: 'threat',
        currentLikelihood: 5,
        currentImpact: 5,
        title: `Pile ${number} leans ${'far '.repeat(45)}`,
      })
    }
    await new Reports(world, table.project).publish({ summary: 'It stands. '.repeat(300) })
    const id = await made()
    const { code } = table.project
    const slides = (await slidesOf(named(id))).filter((slide) => slide.startsWith(`${code}  `))
    assert.lengthOf(slides, 3)
    for (const words of ['It stands.', 'Gates']) assert.include(slides[1], words)
    for (let number = 1; number <= 5; number++) assert.include(slides[2], `Pile ${number} leans`)
    const pages = await pagesOf(named(id))
    const last = pages.findIndex((page) => page.includes('Pile 5 leans'))
    assert.match(pages[last], new RegExp(`^${code}\\s+${table.project.name}, continued`))
  })

  test('says in both forms how the portfolio and each chosen project stand, and as of when', async ({
    assert,
  }) => {
    await table.dates(inDays(10), inDays(24))
    await table.raise('risk', {
      nature: 'threat',
      currentLikelihood: 5,
      currentImpact: 5,
      title: 'The quay sinks',
    })
    await new Reports(world, table.project).publish({
      summary: 'Half of the piles stand.',
      scheduleDifferenceReason: 'The quay is being surveyed.',
    })
    await world.inside(() =>
      declareRatings(
        table.project,
        { cost: { rating: 'red', reason: 'Steel is dear', pathToGreen: 'Buy in lots' } },
        { by: table.people.manager.membershipId }
      )
    )
    const id = await made()
    const { content_at: at } = await row(id)
    const moment = DateTime.fromJSDate(at, { zone: 'UTC' }).toFormat('d LLL yyyy, HH:mm')
    for (const words of [
      (await pagesOf(named(id))).join('\n'),
      (await slidesOf(named(id))).join('\n'),
    ]) {
      const text = words.replaceAll(/\s+/g, ' ')
      for (const expected of [
        `As of ${moment} (UTC)`,
        'Only people with a role in it',
        table.people.pmo.name,
        '1 amber',
        '+14 d',
        'Overall ratings of the projects by month',
        'Next gates against their baselines',
        'Steel is dear',
        'Path to green: Buy in lots',
        'The quay sinks',
        '25 Severe',
        'Half of the piles stand.',
      ]) {
        assert.include(text, expected)
      }
    }
  })

  test('keeps every script of names and texts, to read and to copy', async ({ assert }) => {
    await world.inside(async () =>
      (await Project.findOrFail(table.project.id)).merge({ name: STRANGE }).save()
    )
    await new Reports(world, table.project).publish({ summary: Object.values(SCRIPTS).join('\n') })
    const id = await made()
    const pdf = tight((await pagesOf(named(id))).join(''))
    // pdf.js does not know that Thaana runs from right to left.
    const others = Object.values(SCRIPTS).filter((text) => text !== SCRIPTS.Thaana)
    for (const word of [...STRANGE.split(' '), ...others]) assert.include(pdf, tight(word))
    assert.notInclude(pdf, '\ufffd')
    assert.equal(await boxesIn(named(id)), 0)
    assert.include((await slidesOf(named(id))).join('\n'), 'Łódź ß 漢口')
  })

  test('starts right-to-left text at the right', async ({ assert }) => {
    const [hebrew, english] = ['הרציף נסקר שוב', 'The quay sinks']
    await new Reports(world, table.project).publish({ summary: `${hebrew}\n${english}` })
    const id = await made()
    assert.closeTo((await rightEndOf(named(id), hebrew))!, 841.89 - 40, 0.5)
    assert.isBelow((await rightEndOf(named(id), english))!, 400)
  })

  test('marks what no font has, and copies it all the same', async ({ assert }) => {
    const ugaritic = '\u{10380}\u{10381}'
    await new Reports(world, table.project).publish({ summary: `King ${ugaritic}` })
    const id = await made()
    assert.include((await pagesOf(named(id))).join('\n'), `King ${ugaritic}`)
    assert.equal(await boxesIn(named(id)), 0)
  })

  test('is whole in every part, whatever people type', async ({ assert }) => {
    await sql(admin(), 'update organisations set name = ? where id = ?', [
      'Ropes & Sons </Company>',
      world.organisationId,
    ])
    const [risk, issue] = [`Quay \u0001\u000b & <b>`, 'Pier \ufffe "x"']
    await table.raise('risk', { title: risk, currentLikelihood: 5, currentImpact: 5 })
    await table.raise('issue', { title: issue, severity: 5, urgency: 5 })
    const id = await made()
    for (const [name, text] of await partsOf(named(id))) {
      assert.isNull(flawIn(text), name)
    }
    assert.include((await slidesOf(named(id))).join('\n'), 'Quay  &amp; &lt;b&gt;')
  })

  test('holds no more than its owner may read, in rows, figures and pages', async ({ assert }) => {
    const hidden = await world.project({ name: 'Hidden harbour' })
    await world.inside(async () => {
      const { id } = hidden
      await sql(admin(), 'delete from project_members where project_id = ?', [id])
      await sql(admin(), 'update projects set manager_id = null, sponsor_id = null where id = ?', [
        id,
      ])
    })
    await table.raise('risk', {
      nature: 'threat',
      currentLikelihood: 5,
      currentImpact: 5,
      title: 'A secret sale',
      sensitivity: 'project_leads',
    })
    const id = await made(table.people.team, [table.project.id, hidden.id])
    assert.deepEqual((await row(id)).project_ids, [table.project.id])
    const text = (await pagesOf(named(id))).join('\n')
    assert.include(text, table.project.code)
    for (const secret of ['Hidden harbour', hidden.code, 'A secret sale']) {
      assert.notInclude(text, secret)
    }
  })

  test('is hidden from everyone else, whatever their role', async ({ assert, client }) => {
    const id = await made()
    for (const person of [
      await world.person('owner'),
      table.people.manager,
      await (await World.create()).person('pmo'),
    ]) {
      const other = await Walk.begin(client, person)
      ;(await other.open(`${PACKS}/${id}`)).assertStatus(404)
      ;(await other.submit(`${PACKS}/${id}/download`, { format: 'pdf' })).assertStatus(404)
      assert.notInclude((await other.open(PACKS)).text(), id)
    }
  })

  test('is hidden from its owner once they may not read a project in it', async ({ client }) => {
    const id = await made(table.people.team)
    const walk = await Walk.begin(client, table.people.team)
    ;(await walk.submit(`${PACKS}/${id}/download`, { format: 'pdf' })).assertStatus(200)
    await sql(admin(), 'delete from project_members where membership_id = ?', [
      table.people.team.membershipId,
    ])
    ;(await walk.submit(`${PACKS}/${id}/download`, { format: 'pdf' })).assertStatus(404)
  })

  test('is fetched without a project that its owner lost before it was made', async ({
    assert,
    client,
  }) => {
    const { team } = table.people
    const walk = await Walk.begin(client, team)
    const answer = await ask({ 'projects[]': table.project.id }, walk)
    const [, id] = /packs\/([0-9a-f-]{36})$/.exec(answer.header('location')!)!
    await sql(admin(), 'delete from project_members where membership_id = ?', [team.membershipId])
    await makePack(named(id))
    assert.include((await walk.open(`${PACKS}/${id}`)).text(), 'Download PDF')
    ;(await walk.submit(`${PACKS}/${id}/download`, { format: 'pdf' })).assertStatus(200)
    assert.notInclude((await pagesOf(named(id))).join(' '), table.project.code)
  })

  test('is fetched without such a project even if it has pages and no row', async ({ client }) => {
    await sql(admin(), `update projects set status = 'closed' where id = ?`, [table.project.id])
    const id = await made(table.people.team)
    const walk = await Walk.begin(client, table.people.team)
    ;(await walk.submit(`${PACKS}/${id}/download`, { format: 'pdf' })).assertStatus(200)
    await sql(admin(), 'delete from project_members where membership_id = ?', [
      table.people.team.membershipId,
    ])
    ;(await walk.submit(`${PACKS}/${id}/download`, { format: 'pdf' })).assertStatus(404)
  })

  test('says that there is more than a table of a board takes', async ({ assert }) => {
    await sql(
      admin(),
      `insert into projects (organisation_id, id, code, name, status, visibility, is_assistant_enabled, is_sample, lock_version)
       select organisation_id, gen_random_uuid(), 'MANY' || number, 'Quay', 'active', 'members', true, false, 1
         from projects, generate_series(1, 200) number where id = ?`,
      [table.project.id]
    )
    const id = await made(table.people.pmo, [])
    const said = 'More projects fit than a pack shows'
    assert.include((await pagesOf(named(id))).join(' ').replaceAll(/\s+/g, ' '), said)
  })

  test('one is made at a time; what cannot be asked for is refused', async ({ assert }) => {
    await ask()
    await pmo.open(`${PACKS}/create`)
    const second = await pmo.follow(await ask())
    assert.include(second.text(), 'Another board pack is being created')
    await pmo.open(`${PACKS}/create`)
    const many = Array.from({ length: 31 }, () => table.project.id)
    const refused = await pmo.follow(await ask({ 'projects[]': many }))
    assert.include(refused.text(), 'Choose up to 30 projects')
    assert.equal(await table.count('board_packs'), 1)
  })

  test('ends after a week: the files are deleted, the record stays', async ({ assert }) => {
    const id = await made()
    await sql(
      admin(),
      `update board_packs set expires_at = now() - interval '1 minute' where id = ?`,
      [id]
    )
    ;(await pmo.submit(`${PACKS}/${id}/download`, { format: 'pdf' })).assertStatus(404)
    assert.equal(await world.inside(() => BoardPack.sweep()), 1)
    assert.include(await row(id), { status: 'expired', is_stored: false })
    await discardPack(named(id))
    await assert.rejects(() => pagesOf(named(id)))
    assert.include((await pmo.open(`${PACKS}/${id}`)).text(), 'Its files have expired')
  })

  test('is begun anew where its worker fell silent, and given up in the end', async ({
    assert,
  }) => {
    const answer = await ask()
    const [, id] = /packs\/([0-9a-f-]{36})$/.exec(answer.header('location')!)!
    const silent = (attempts: number) =>
      sql(
        admin(),
        `update board_packs set status = 'running', attempts = ?,
           progressed_at = now() - interval '6 minutes' where id = ?`,
        [attempts, id]
      )
    await silent(1)
    assert.equal(await world.inside(() => BoardPack.recover()), 1)
    assert.equal((await row(id)).status, 'queued')
    await silent(3)
    await world.inside(() => BoardPack.recover())
    assert.equal((await row(id)).status, 'failed')
    assert.include((await pmo.open(`${PACKS}/${id}`)).text(), 'could not be created')
    await makePack(named(id))
    assert.equal((await row(id)).status, 'failed', 'what is over is not made')
  })
})
