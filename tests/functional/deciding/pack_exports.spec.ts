import { createHash, randomUUID } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { SigningKey } from '#audit/keys'
import { leafHash } from '#audit/merkle'
import GateEvidence from '#models/gate_evidence'
import type GateReview from '#models/gate_review'
import { inFolder, sealTrail, verifyPack as verify } from '#tests/support/pack_folder'
import { Table } from '#tests/support/table'
import { bytesOf } from '#tests/support/binary'
import { unzip } from '#tests/support/unzip'
import type { Person } from '#tests/support/world'

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\nthe minutes\n%%EOF\n')

test.group('A gate pack as a ZIP', (group) => {
  let table: Table
  let review: GateReview

  group.each.setup(async () => {
    table = await Table.create()
    await table.seat({ chair: 'chair', one: 'decider' })
    await table.ready()
    const [criterion] = await table.criteria()
    await table.world.inside(
      () =>
        GateEvidence.addFile(
          criterion.refersTo(table.gate.refersTo(table.project)),
          'Board minutes (May).pdf',
          PDF
        ),
      table.people.manager
    )
    review = await table.submit()
    await table.vote(review, 'one', 'approved', 'The survey is sound')
    await table.decide(review, 'approved', { rationale: 'The case is made' })
  })

  const seal = () => sealTrail(table.world.organisationId)

  async function download(client: ApiClient, person: Person) {
    const request = client.get(`${table.urlOfReview(review)}/pack.zip`).as(person)
    request.request.buffer(true).parse(bytesOf)
    const response = await request
    return { response, files: response.status() === 200 ? unzip(response.body()) : new Map() }
  }

  async function unpacked(client: ApiClient, person: Person, work: (folder: string) => any) {
    const { files } = await download(client, person)
    await inFolder(files, work)
  }

  test('holds what was submitted, what was decided, the evidence and the proof', async ({
    assert,
    client,
  }) => {
    const { response, files } = await download(client, table.people.pmo)
    response.assertHeader('content-type', 'application/zip')
    assert.match(response.header('content-disposition')!, /-G\d+-round-1\.zip"$/)
    const manifest = JSON.parse(files.get('manifest.json').toString())
    const [decision] = await table.rows('gate_decisions')
    assert.equal(files.get('pack/manifest.json').toString(), review.pack)
    assert.equal(manifest.pack_sha256, review.packSha256)
    assert.equal(files.get('decisions/01.json').toString(), decision.record)
    assert.deepEqual(files.get('evidence/01-Board-minutes-May-.pdf'), PDF)
    for (const { name, body } of await table.rows('gate_pack_sections')) {
      assert.equal(files.get(`pack/${name}.json`).toString(), body)
    }
    for (const { path, size, sha256: hash } of manifest.files) {
      assert.equal(files.get(path).length, size, path)
      assert.equal(sha256(files.get(path)), hash, path)
    }
    assert.lengthOf(manifest.files, files.size - 1)
    const people = JSON.parse(files.get('people.json').toString())
    assert.property(people, table.sitting.one.membershipId)
    assert.include(files.get('README.txt').toString(), review.packSha256)
    const told = (await table.facts(review.id)).find(
      ({ action }) => action === 'gate_pack.exported'
    )
    assert.include(told!.facts, { seal: review.packSha256, format: 'zip' })
  })

  test('withholds a part that is not the reader’s, and keeps its hash', async ({
    assert,
    client,
  }) => {
    await seal()
    await unpacked(client, table.people.viewer, async (folder) => {
      const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
      const kept = manifest.sections.filter(({ file }: { file: string | null }) => file === null)
      assert.deepEqual(
        kept.map(({ name }: { name: string }) => name),
        ['raid_leads']
      )
      assert.equal(kept[0].sha256, JSON.parse(review.pack).sections.raid_leads)
      const events = (await readFile(join(folder, 'audit.ndjson'), 'utf8')).matchAll(
        /"action":"([a-z_.]+)"/g
      )
      assert.deepEqual(
        [...events].map(([, action]) => action),
        ['gate_review.submitted', 'gate_decision.recorded']
      )
      const { code, output } = await verify(folder)
      assert.equal(code, 0, output)
      assert.include(output, '5 parts, 1 withheld')
    })
  })

  test('withholds a part whole once one entry in it is kept from the reader', async ({
    assert,
    client,
  }) => {
    const item = await table.raise('risk')
    review = await table.open({ chair: 'chair', one: 'decider' }, {}, table.gates[1])
    const keptFrom = async (person: Person) => {
      const { files } = await download(client, person)
      const { sections } = JSON.parse(files.get('manifest.json').toString())
      return sections.flatMap(({ name, file }: Row) => (file === null ? name : []))
    }
    assert.deepEqual(await keptFrom(table.people.viewer), ['raid_leads'])
    await table.quietly(`update raid_items set sensitivity = 'project_leads' where id = ?`, [
      item.id,
    ])
    assert.deepEqual(await keptFrom(table.people.viewer), ['raid', 'raid_leads'])
    assert.deepEqual(await keptFrom(table.people.manager), [])
  })

  test('the verifier in it passes the real one, and finds any changed byte', async ({
    assert,
    client,
  }) => {
    await seal()
    await unpacked(client, table.people.pmo, async (folder) => {
      const clean = await verify(folder)
      assert.equal(clean.code, 0, clean.output)
      assert.include(clean.output, 'The pack is what was sealed')
      assert.notInclude(clean.output, 'no seal covers')
      for (const [file, finding] of [
        ['pack/gate.json', 'pack/gate.json is not what was submitted'],
        ['evidence/01-Board-minutes-May-.pdf', 'is not what was submitted'],
        ['decisions/01.json', 'decisions/01.json is not what the audit trail carries'],
        ['pack/manifest.json', 'The manifest of the pack does not have its seal'],
      ]) {
        const path = join(folder, file)
        const bytes = await readFile(path)
        await writeFile(path, changed(bytes))
        const { code, output } = await verify(folder)
        assert.equal(code, 1, file)
        assert.include(output, `PROBLEM ${file} is not the file that was exported`)
        assert.include(output, finding)
        await writeFile(path, bytes)
      }
      const stranger = new SigningKey(Buffer.alloc(32, 9).toString('base64')).publicKey
      assert.equal((await verify(folder, [stranger])).code, 1)
      assert.include((await verify(folder, [])).output, 'The signatures were not checked')
      await writeFile(join(folder, 'evidence/02-late.pdf'), PDF)
      assert.include((await verify(folder)).output, 'evidence/02-late.pdf does not belong')
    })
  })

  test('the verifier in it says what is missing once, and what it cannot read', async ({
    assert,
    client,
  }) => {
    await seal()
    await unpacked(client, table.people.pmo, async (folder) => {
      const clean = await verify(folder)
      assert.include(clean.output, '1 file of evidence\n1 decision\n')
      for (const file of ['pack/gate.json', 'decisions/01.json']) {
        const path = join(folder, file)
        const bytes = await readFile(path)
        await rm(path)
        const { code, output } = await verify(folder)
        assert.equal(code, 1, file)
        assert.include(output, `PROBLEM ${file} is missing\n1 problem found.`)
        await writeFile(path, bytes)
      }
      await writeFile(join(folder, 'manifest.json'), '{')
      const { code, output } = await verify(folder)
      assert.equal(code, 2)
      assert.include(output, 'manifest.json is missing or cannot be read')
    })
  })

  test('a forger who rewrites the list is found by the audit trail', async ({ assert, client }) => {
    await seal()
    await unpacked(client, table.people.pmo, async (folder) => {
      const path = join(folder, 'decisions/01.json')
      const before = await readFile(path, 'utf8')
      const after = before.replace('"outcome":"approved"', '"outcome":"rejected"')
      const [old, forged] = [before, after].map(sha256)
      await writeFile(path, after)
      const list = join(folder, 'manifest.json')
      await writeFile(list, (await readFile(list, 'utf8')).replaceAll(old, forged))
      const listed = await verify(folder)
      assert.equal(listed.code, 1)
      assert.include(listed.output, 'decisions/01.json is not what the audit trail carries')
      assert.notInclude(listed.output, 'is not the file that was exported')
      const trail = join(folder, 'audit.ndjson')
      await writeFile(trail, (await readFile(trail, 'utf8')).replaceAll(old, forged))
      assert.include((await verify(folder)).output, 'an event does not have the hash of its header')
    })
  })

  test('a forger’s events after the last seal are not believed', async ({ assert, client }) => {
    await seal()
    for (const forgery of [laundered, decidedAnew]) {
      await unpacked(client, table.people.pmo, async (folder) => {
        const texts = new Map<string, string>()
        for (const name of ['manifest.json', 'audit.ndjson', 'decisions/01.json']) {
          texts.set(name, await readFile(join(folder, name), 'utf8'))
        }
        forge(texts, forgery)
        for (const [name, text] of texts) await writeFile(join(folder, name), text)
        const { code, output } = await verify(folder)
        assert.equal(code, 1, output)
        assert.include(output, 'no seal covers 1 of its events: anybody could')
        assert.notInclude(output, 'The pack is what was sealed')
        assert.notInclude(output, 'is not the file that was exported')
      })
    }
  })

  test('a forger who calls the criteria withheld exchanges no evidence', async ({
    assert,
    client,
  }) => {
    await seal()
    await unpacked(client, table.people.pmo, async (folder) => {
      const file = join(folder, 'evidence/01-Board-minutes-May-.pdf')
      const forged = Buffer.from(PDF.toString().replace('the minutes', 'our minutes'))
      const [old, made] = [PDF, forged].map(sha256)
      await writeFile(file, forged)
      const list = join(folder, 'manifest.json')
      const manifest = JSON.parse((await readFile(list, 'utf8')).replaceAll(old, made))
      manifest.sections.find(({ name }: { name: string }) => name === 'criteria').file = null
      await writeFile(list, JSON.stringify(manifest))
      const { code, output } = await verify(folder)
      assert.equal(code, 1, output)
      assert.include(output, 'The criteria, which name the evidence, are missing')
    })
  })

  test('is no sealed pack before a seal covers its decision', async ({ assert, client }) => {
    await unpacked(client, table.people.pmo, async (folder) => {
      const { code, output } = await verify(folder)
      assert.equal(code, 1, output)
      assert.include(output, 'no seal covers 2 of its events')
      assert.notInclude(output, 'PROBLEM')
    })
  })

  test('is refused to whoever does not see the project', async ({ assert, client }) => {
    const other = await Table.create()
    for (const person of [table.people.stranger, other.people.pmo]) {
      const { response } = await download(client, person)
      response.assertStatus(404)
    }
    const actions = (await table.facts(review.id)).map(({ action }) => action)
    assert.notInclude(actions, 'gate_pack.exported')
  })

  test('is offered on the review and on the printable pack', async ({ assert, client }) => {
    const url = table.urlOfReview(review)
    for (const page of [url, `${url}/pack`]) {
      const response = await client.get(page).as(table.people.viewer)
      assert.include(response.text(), `href="${url}/pack.zip"`)
    }
  })
})

type Row = Record<string, any>

/** Turns the decision round, and the trail with it, as far as somebody can who has only the archive. */
function forge(
  texts: Map<string, string>,
  forgery: (rows: Row[], old: string, made: string) => Row
) {
  const decision = texts.get('decisions/01.json')!
  const turned = decision.replace('"outcome":"approved"', '"outcome":"rejected"')
  const [old, made] = [decision, turned].map(sha256)
  const trail = texts.get('audit.ndjson')!
  const rows: Row[] = trail
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const foot = rows.pop()!
  rows.push(forgery(rows, old, made), { ...foot, rows: foot.rows + 1 })
  const forged = rows.map((row) => JSON.stringify(row) + '\n').join('')
  const manifest = JSON.parse(texts.get('manifest.json')!.replaceAll(old, made))
  const listed = manifest.files.find(({ path }: Row) => path === 'audit.ndjson')
  Object.assign(listed, { size: forged.length, sha256: sha256(forged) })
  texts.set('decisions/01.json', turned)
  texts.set('audit.ndjson', forged)
  texts.set('manifest.json', JSON.stringify(manifest))
}

/** Says that an erased person was taken out of the decision. */
function laundered(rows: Row[], former: string, seal: string) {
  return eventAfter(rows, decisionIn(rows), {
    action: 'gate_decision.redacted',
    facts: { former, seal },
  })
}

/** Shows of the true decision the hash alone, and tells another one. */
function decidedAnew(rows: Row[], _old: string, seal: string) {
  const event = decisionIn(rows)
  const { seq, txid, hash } = event
  rows[rows.indexOf(event)] = { kind: 'leaf', seq, txid, hash }
  return eventAfter(rows, event, { facts: { ...JSON.parse(event.header).facts, seal } })
}

function decisionIn(rows: Row[]) {
  return rows.find(({ action }) => action === 'gate_decision.recorded')!
}

/** An event like another one, with the hash that belongs to it, in the place of one that waits for its seal. */
function eventAfter(rows: Row[], like: Row, change: Row): Row {
  const last = rows.at(-1)!
  const own = { id: randomUUID(), txid: Number(last.txid ?? last.to) + 1 }
  const at = new Date().toISOString().replace('Z', '000Z')
  const header = JSON.stringify({ ...JSON.parse(like.header), ...own, at, ...change })
  const { facts } = JSON.parse(header)
  const hash = leafHash(Buffer.from(header)).toString('hex')
  const shown = { ...like, ...own, txid: String(own.txid), at, ...change }
  return { ...shown, facts: JSON.stringify(facts), header, hash }
}

function sha256(text: string | Buffer) {
  return createHash('sha256').update(text).digest('hex')
}

/** The same with one byte changed, in the middle of a text that stays JSON. */
function changed(bytes: Buffer) {
  const copy = Buffer.from(bytes)
  const at = copy.indexOf('"format":1')
  if (at === -1) copy[copy.length >> 1] ^= 1
  else copy[at + 9] = '2'.charCodeAt(0)
  return copy
}
