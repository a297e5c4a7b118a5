import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin, checksums } from '#tests/support/admin'
import { deskFor } from '#tests/support/assistant'
import { writeDocx, paragraph } from '#tests/support/documents'
import { hostile } from '#tests/support/injections'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

const UNSEEN = /[\p{Cf}\u115F\u3164\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/u
const PERSON = /Person-[A-Z2-7]{5}/g

test.group('Assistant: hostile text', (group) => {
  const desk = deskFor(group)
  let foreign: World
  let texts: string[]
  let before: Record<string, unknown>

  group.each.setup(async () => {
    foreign = await World.create()
    const theirs = await foreign.project({ name: 'CANARY-THEIRS' })
    const other = await desk.world.project({ name: 'CANARY-OTHER', visibility: 'members' })
    for (const [world, project] of [
      [foreign, theirs],
      [desk.world, other],
    ] as const) {
      await world.inside(() => RaidItem.raise(project, { type: 'risk', title: 'CANARY-RISK' }))
    }
    texts = hostile.map(({ text }) =>
      text.replaceAll('CANARYCODE', other.code).replaceAll('CANARYID', other.id)
    )
    before = await checksums(foreign.organisationId)
  })

  /** The log as it is, which nothing hostile may change. */
  async function log() {
    const rows = await sql(
      admin(),
      `select id, title, status, sensitivity, lock_version from raid_items where organisation_id = ?
        order by id`,
      [desk.world.organisationId]
    )
    return JSON.stringify(rows)
  }

  async function ask(client: ApiClient, path: string, question: string) {
    const walk = await Walk.begin(client, desk.team)
    await walk.open(path)
    return desk.settled(await walk.submit(path, { question }))
  }

  /** That a page shows text as text, and leads nowhere else. */
  function harmless(assert: any, html: string) {
    const whole = html.slice(html.indexOf('<main'))
    const main = whole.replaceAll(/\s(aria-label|value)="[^"]*"/g, '')
    assert.notMatch(main, /<(script|iframe|style|meta|hx-partial)\b|<svg><script|<img /i)
    assert.notMatch(main, /<[^>]*\s(src|href|action|hx-get)=["']?(https?:|javascript:)/i)
    assert.notMatch(main, /<[^>]*\sonerror=/i)
  }

  test('has a corpus large enough to prove something', ({ assert }) => {
    assert.isAtLeast(hostile.length, 40)
    assert.lengthOf(new Set(hostile.map(({ text }) => text)), hostile.length)
  })

  test('in records stays within the line of its record, seen, and forges nobody', async ({
    assert,
    client,
  }) => {
    await desk.world.inside(async () => {
      for (const text of texts) {
        const title = text.replaceAll('\n', ' ').slice(0, 200)
        await RaidItem.raise(desk.project, { type: 'risk', title, description: text })
      }
    }, desk.team)
    const untouched = await log()
    await ask(client, `${desk.page}/notes`, 'Anything new?')
    const [instructions, records] = desk.claude.sentBody.system
    const lines = records.text.split('\n').map((line: string) => JSON.parse(line))
    assert.lengthOf(
      lines.filter(({ kind }: any) => kind === 'risk'),
      texts.length
    )
    assert.notInclude(desk.claude.sent, 'CANARY-')
    assert.notMatch(records.text, UNSEEN)
    assert.notMatch(instructions.text, /maintenance mode|evil\.test/)
    const people = await peopleSent()
    for (const [word] of records.text.matchAll(PERSON)) assert.property(people, word)
    assert.equal(await log(), untouched)
    assert.lengthOf(desk.claude.journal, 1)
    const walk = await Walk.begin(client, desk.team)
    harmless(assert, (await walk.open(`${desk.page}/notes`)).text())
  })

  async function peopleSent() {
    const [{ context_manifest: manifest }] = await sql(
      admin(),
      'select context_manifest from ai_interactions where organisation_id = ?',
      [desk.world.organisationId]
    )
    return manifest.people
  }

  test('in notes is one message, asks for nothing and shows as text', async ({
    assert,
    client,
  }) => {
    const untouched = await log()
    const walk = await Walk.begin(client, desk.team)
    await walk.open(`${desk.page}/notes`)
    const notes = texts.join('\n\n')
    const preview = await walk.submit(`${desk.page}/notes/previews`, { question: notes })
    harmless(assert, preview.text())
    await ask(client, `${desk.page}/notes`, notes)
    const { messages, tools } = desk.claude.sentBody
    assert.lengthOf(messages, 1)
    assert.notMatch(messages[0].content, UNSEEN)
    assert.notMatch(messages[0].content, PERSON)
    assert.deepEqual(
      tools.map(({ name }: { name: string }) => name),
      ['propose_entry']
    )
    assert.equal(await log(), untouched)
    assert.lengthOf(await desk.proposals(), 0)
  })

  test('in a document comes into the form as text and goes nowhere', async ({ assert, client }) => {
    const escaped = texts.map((text) =>
      paragraph(text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'))
    )
    for (const [filename, bytes] of [
      ['a.docx', writeDocx(escaped.join(''))],
      ['a.txt', Buffer.from(texts.join('\n'))],
      ['a.eml', Buffer.from(`Subject: x\r\nContent-Type: text/html\r\n\r\n${texts.join('<p>')}`)],
    ] as const) {
      const read = await client
        .post(`${desk.page}/notes/documents`)
        .as(desk.team)
        .file('file', bytes, { filename })
      read.assertStatus(200)
      harmless(assert, read.text())
    }
    assert.lengthOf(desk.claude.journal, 0)
  })

  test('in what Claude proposes is text of a proposal, and changes nothing', async ({
    assert,
    client,
  }) => {
    const untouched = await log()
    const entries = texts.map((text) => ({
      type: 'risk',
      title: text.slice(0, 200),
      quote: text,
      cause: text,
      status: 'closed',
      project_id: foreign.organisationId,
      sensitivity: 'named_people',
    }))
    for (let from = 0; from < entries.length; from += 20) {
      desk.claude.wantsTools('propose_entry', entries.slice(from, from + 20))
      await ask(client, `${desk.page}/notes`, 'Anything new?')
    }
    const proposals = await desk.proposals()
    assert.lengthOf(proposals, texts.length)
    const known = ['title', 'quote', 'cause']
    for (const { content } of proposals) assert.sameMembers(Object.keys(content!), known)
    assert.equal(await log(), untouched)
    const walk = await Walk.begin(client, desk.team)
    const list = (await walk.open(`${desk.page}/notes`)).text()
    harmless(assert, list)
    assert.include(list, 'somebody said so', 'a word that was never sent stands for nobody')
    for (const { id } of proposals.slice(0, 20)) {
      harmless(assert, (await walk.open(`${desk.page}/drafts/${id}`)).text())
    }
  })

  test('in what Claude answers makes no link and no request', async ({ assert, client }) => {
    desk.claude.answers(texts.join('\n\n'))
    const walk = await Walk.begin(client, desk.team)
    for (const path of [`${desk.page}/questions`, `${desk.page}/notes`]) {
      const asked = await walk.submit(path, { question: 'And now?' })
      await desk.settled(asked)
      harmless(assert, (await walk.follow(asked)).text())
    }
    assert.lengthOf(await desk.proposals(), 0)
    assert.lengthOf(desk.claude.journal, 2, 'an answer asks for nothing more')
  })

  group.each.teardown(async () => {
    const after = await checksums(foreign.organisationId)
    if (JSON.stringify(after) !== JSON.stringify(before)) throw new Error('Another tenant changed')
  })
})
