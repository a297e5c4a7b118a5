import { createHash } from 'node:crypto'
import { test } from '@japa/runner'
import drive from '@adonisjs/drive/services/main'
import db from '@adonisjs/lucid/services/db'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { parse } from 'csv-parse/sync'
import { verifyBundle } from '#audit/bundle'
import { record as recordEvent } from '#audit/events'
import { trustedKeys } from '#audit/settings'
import { linkedColumns } from '#exports/personal/conditions'
import { subjectOf } from '#exports/personal/subject'
import { isSealed, opened } from '#exports/records/sealed'
import { queueMail } from '#mails/outbox'
import ChecklistItem from '#models/checklist_item'
import Comment from '#models/comment'
import ExternalResource from '#models/external_resource'
import Membership from '#models/membership'
import PersonFlag from '#models/person_flag'
import { identify, verifyIdentity } from '#models/privacy_request/identifying'
import { receiveRequest } from '#models/privacy_request/receiving'
import RaidItem from '#models/raid_item'
import { storeBytes } from '#models/stored_file/files'
import Task from '#models/task'
import TaskAttachment from '#models/task_attachment'
import { liveSchema } from '#privacy/checks/schema'
import { personalData } from '#registries/personal_data'
import { personalDataLinks } from '#registries/personal_data_links'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { quietly } from '#tests/support/admin'
import { bundleOf, type Files } from '#tests/support/privacy/bundles'
import { personalTableNames } from '#tests/support/privacy/canaries'
import { CanaryPerson } from '#tests/support/privacy/canary_person'
import { seal } from '#tests/support/trail'
import { openSession, World, type Person } from '#tests/support/world'

const plain = (name: string) => name.replace('public.', '')

/** The columns of a table that may leave, files and references to people apart. */
function comparable(table: string) {
  const { own, written, about, named } = personalDataLinks[table]
  const references = linkedColumns([own, written, about, named])
    .filter(({ key }) => key !== 'address')
    .map(({ name }) => name)
  return [...personalData]
    .filter(([name, { export: leaves }]) => leaves && name.startsWith(`${table}.`))
    .map(([name]) => name.replace(`${table}.`, ''))
    .filter((name) => !references.includes(name) && !['file', 'bytes'].includes(name))
}

function sameRow(table: string, files: Files, row: Record<string, any>) {
  const records = files.records(plain(table))
  const key = ['id', 'created_at'].find((name) => records.some((one) => one[name] === row[name]))
  return records.find((record) => record[key!] === row[key!])
}

/** Others stand in texts by their ids, and in a bundle by labels. */
function masked(value: unknown, others: RegExp) {
  return JSON.stringify(value ?? null).replaceAll(others, 'somebody')
}

test.group('Personal bundles: completeness', () => {
  test('the links tell of each reference to a person', async ({ assert }) => {
    const linked = Object.entries(personalDataLinks).flatMap(
      ([table, { own, written, about, named }]) =>
        linkedColumns([own, written, about, named]).map(({ name }) => `${table}.${name}`)
    )
    const { references } = await liveSchema(db.connection())
    assert.deepEqual(
      references.filter((name) => !linked.includes(name)),
      []
    )
  })

  test('a bundle holds every exportable column of the person, and nothing of anybody else', async ({
    assert,
  }) => {
    const canary = await CanaryPerson.settle()
    await canary.estrange()
    const files = await bundleOf(canary.person.email)
    const others = await canary.others()
    for (const table of personalTableNames) {
      const rows = canary.rows.get(table)!
      assert.isAbove(rows.length, 0, table)
      for (const row of rows) {
        const record = sameRow(table, files, row)
        for (const column of comparable(table)) {
          const name = `${table}.${column}`
          const kept = isSealed(name) ? opened(name, row[column]) : row[column]
          const expected = canary.isOthers(name, kept) ? 'Person 00000000' : kept
          assert.deepEqual(masked(record?.[column], others), masked(expected, others), name)
        }
      }
    }
    for (const column of canary.planted) {
      const marks = [`canary ${column} `, canary.name, canary.person.email]
      const [table] = column.replace('public.', '').split('.')
      assert.isTrue(
        marks.some((mark) => files.text(`data/${table}.json`).includes(mark)),
        column
      )
    }
    const [{ file }] = files.records('imports')
    assert.include(files.text(file), 'The crane is late')
    assert.include(files.text(files.records('gate_evidence_bytes')[0].bytes), 'All agreed.')
    assert.include(files.text(files.records('task_attachment_bytes')[0].bytes), 'Hired for May.')
    const [{ id: attachment }] = files.records('task_attachments')
    const handedIn = files.paths.find((path) => path.includes(`task_attachments/${attachment}`))
    assert.include(files.text(handedIn!), 'Hired for May.')
    assert.deepEqual(files.holding('stranger'), [])
    const withheld = [...personalData].filter(([, column]) => !column.export).map(([name]) => name)
    for (const name of withheld) {
      const [, table, column] = name.split('.')
      for (const record of files.records(table)) assert.notProperty(record, column, name)
    }
  })
})

test.group('Personal bundles: the files', () => {
  async function busy() {
    const world = await World.create()
    const project = await world.project({ name: '=1+1 quay' })
    const [manager, team] = [await world.person('manager'), await world.person('team')]
    const item = await world.inside(async () => {
      const raised = await RaidItem.raise(project, {
        type: 'risk',
        nature: 'threat',
        title: 'The crane is late',
        ownerId: team.membershipId,
      })
      await Comment.create({
        raidItemId: raised.id,
        authorId: manager.membershipId,
        body: `Ask @{member:${team.membershipId}}, with "quotes",\nand lines`,
      })
      return raised
    }, manager)
    return { world, project, manager, team, item }
  }

  test('validate against their schemas, and say the same as CSV', async ({ assert }) => {
    const { manager } = await busy()
    const files = await bundleOf(manager.userId)
    const ajv = new Ajv2020.default({ strict: true, allErrors: true })
    addFormats.default(ajv)
    const names = files.paths.filter((path) => path.startsWith('data/'))
    assert.includeMembers(names, [
      'data/users.json',
      'data/projects.json',
      'data/audit_events.json',
    ])
    for (const path of names) {
      const name = path.slice('data/'.length, -'.json'.length)
      const validate = ajv.compile(files.json(`schemas/${name}.schema.json`))
      assert.isTrue(validate(files.json(path)), `${name}: ${ajv.errorsText(validate.errors)}`)
      const rows: Record<string, string>[] = parse(files.text(`csv/${name}.csv`), {
        columns: true,
        bom: true,
      })
      assert.lengthOf(rows, files.records(name).length, name)
    }
    const [comment] = parse(files.text('csv/comments.csv'), { columns: true, bom: true }) as any[]
    assert.equal(comment.body, files.records('comments')[0].body)
    const [project] = parse(files.text('csv/projects.csv'), { columns: true, bom: true }) as any[]
    assert.equal(project.name, `'=1+1 quay`)
    assert.equal(files.records('projects')[0].name, '=1+1 quay')
  })

  test('are listed with their hashes, beside purpose, basis, retention and recipients', async ({
    assert,
  }) => {
    const { manager } = await busy()
    const files = await bundleOf(manager.email)
    const manifest = files.json('manifest.json')
    assert.sameMembers(
      manifest.files.map(({ path }: any) => path),
      files.paths.filter((path) => path !== 'manifest.json')
    )
    for (const { path, size, sha256 } of manifest.files) {
      const bytes = files.all.get(path)!
      assert.equal(size, bytes.length, path)
      assert.equal(sha256, createHash('sha256').update(bytes).digest('hex'), path)
    }
    const comments = manifest.records.find(({ name }: any) => name === 'comments')
    assert.containsSubset(comments, {
      rows: 1,
      legal_basis: 'Contract',
      recipients: ['Tigris', 'Fly.io'],
      retention: 'as long as the project is kept',
    })
    assert.containsSubset(manifest.recipients, [{ name: 'Fly.io', region: 'European Union' }])
    const readme = files.text('README.html')
    assert.include(readme, 'governing projects: who is responsible')
    assert.include(readme, 'Legal basis')
    assert.notMatch(readme, /<script|src=|https?:\/\//)
  })

  test('say which columns and what else they leave out', async ({ assert }) => {
    const { manager } = await busy()
    await openSession(manager)
    const files = await bundleOf(manager.email)
    const { records } = files.json('manifest.json')
    const readme = files.text('README.html')
    for (const [name, { export: leaves }] of personalData) {
      const [schema, table, column] = name.split('.')
      const record = records.find((one: any) => one.name === table)
      if (schema !== 'public' || !record) continue
      assert.equal(record.withheld.includes(column), !leaves, name)
    }
    assert.include(readme, 'subject of users')
    assert.match(readme, /id and data of sessions/)
    assert.include(readme, 'Texts by others that mention your name')
    const portable = await bundleOf(manager.email, 'portability')
    assert.notInclude(portable.text('README.html'), 'What is not in it')
  })

  test('call each other person by one label, and none by name, restricted or not', async ({
    assert,
  }) => {
    const { manager, team, item } = await busy()
    await Tenancy.system(PLATFORM, () =>
      PersonFlag.raise(team.userId, 'restricted', { setBy: 'desk' })
    )
    const files = await bundleOf(manager.email)
    const record = files.records('raid_items').find(({ id }) => id === item.id)!
    assert.match(record.owner_id, /^Person [0-9A-Z]{8}$/)
    assert.equal(record.created_by, manager.membershipId)
    assert.include(files.records('comments')[0].body, `@{member:${record.owner_id}}`)
    const told = files.records('audit_events').find(({ entity_id: id }) => id === item.id)!
    const owner = told.values.find(({ path }: any) => path === 'ownerId')
    assert.equal(owner?.value?.after ?? record.owner_id, record.owner_id)
    for (const secret of [team.email, team.name, team.membershipId, team.userId]) {
      assert.deepEqual(
        files.holding(secret).filter((path) => !path.startsWith('audit/')),
        [],
        secret
      )
    }
    const other = await bundleOf(manager.email)
    assert.notEqual(other.records('raid_items')[0].owner_id, record.owner_id)
  })

  test('prove the person’s events offline and give only the hash of others’', async ({
    assert,
  }) => {
    const { world, manager, team } = await busy()
    await world.inside(() => Comment.query().first(), team)
    await seal(world.organisationId)
    const files = await bundleOf(manager.email)
    const chain = files.text(`audit/${world.organisationId}.ndjson`)
    const report = await verifyBundle(chain.split('\n'), trustedKeys())
    assert.isTrue(report.clean, JSON.stringify(report.problems))
    const rows = chain
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
    const shown = rows.filter(({ kind }) => kind === 'event')
    assert.deepEqual(new Set(shown.map(({ actor }) => actor)), new Set([manager.membershipId]))
    assert.isAbove(rows.filter(({ kind }) => kind === 'leaf').length, 0)
    const hashes = files.records('audit_events').map(({ event_hash: hash }) => hash)
    assert.includeMembers(
      hashes,
      shown.map(({ hash }) => hash)
    )
    const tampered = chain.replace('raid_item.created', 'raid_item.updated')
    const found = await verifyBundle(tampered.split('\n'), trustedKeys())
    assert.isFalse(found.clean)
    assert.includeMembers(files.paths, ['audit/verify-audit.mjs', 'audit/public-keys.txt'])
  })

  test('reveal nothing about others whom the person entered or who acted on them', async ({
    assert,
  }) => {
    const { world, manager } = await busy()
    const email = `otto-${Math.random()}@example.test`
    await world.inside(
      () => ExternalResource.add({ name: 'Otto Outside', email }, manager),
      manager
    )
    await world.inside(
      async () => (await Membership.findById(manager.membershipId)).changeRole('pmo'),
      await world.person('owner')
    )
    await seal(world.organisationId)
    const files = await bundleOf(manager.email)
    assert.deepEqual(files.holding('Otto Outside'), [])
    assert.deepEqual(files.holding(email), [])
    const [entered] = files.records('external_resources')
    assert.match(entered.name, /^Person [0-9A-Z]{8}$/)
    const told = files.records('audit_events')
    assert.containsSubset(told, [
      { action: 'external_resource.created', actor_ref: manager.membershipId },
      { action: 'membership.role_changed', entity_id: manager.membershipId },
    ])
  })

  test('hold all that the person did, however much others did between', async ({ assert }) => {
    const { world, project, manager, team } = await busy()
    const touch = () =>
      recordEvent({ action: 'project.updated', entityType: 'project', entityId: project.id })
    await world.inside(async () => {
      for (let count = 0; count < 600; count++) await touch()
    }, team)
    await world.inside(touch, manager)
    const files = await bundleOf(manager.email)
    const touched = files.records('audit_events').filter(({ entity_id: id }) => id === project.id)
    assert.lengthOf(
      touched.filter(({ action }) => action === 'project.updated'),
      1
    )
  })

  test('hold the files that are still kept', async ({ assert }) => {
    const { world, project, manager } = await busy()
    const names = ['kept', 'erased', 'lost']
    const files = await world.inside(async () => {
      const task = await Task.add(project, { title: 'Survey', assigneeId: manager.membershipId })
      const added = []
      for (const name of names) {
        added.push(await TaskAttachment.add(task, `${name}.txt`, Buffer.from(`It is ${name}`)))
      }
      return added
    }, manager)
    for (const { id } of files) await storeBytes('attachment', world.organisationId, id)
    const [, erased, lost] = files
    await quietly('update task_attachments set erased_at = now() where id = ?', [erased.id])
    await drive.use().delete(lost.file.fileKey)
    const bundle = await bundleOf(manager.email)
    const held = bundle.paths.filter((path) => path.startsWith('files/task_attachments/'))
    assert.deepEqual(
      held.map((path) => bundle.text(path)),
      ['It is kept']
    )
  })

  test('hold the data of each organisation of the person, and of no other', async ({ assert }) => {
    const [here, there, elsewhere] = [await busy(), await busy(), await busy()]
    const both: Person = await there.world.join(here.manager)
    await there.world.inside(
      () => Task.add(there.project, { title: 'Task over there', assigneeId: both.membershipId }),
      there.manager
    )
    const files = await bundleOf(here.manager.email)
    assert.include(files.text('data/tasks.json'), 'Task over there')
    assert.lengthOf(files.json('manifest.json').organisations, 2)
    assert.lengthOf(files.records('users'), 1)
    assert.deepEqual(files.holding(elsewhere.world.organisationId), [])
    assert.deepEqual(
      files.holding(there.manager.membershipId),
      [`audit/${there.world.organisationId}.ndjson`].filter(
        (path) =>
          files.paths.includes(path) && files.text(path).includes(there.manager.membershipId)
      )
    )
  })

  test('find a person outside by their address alone', async ({ assert }) => {
    const { world, project, manager } = await busy()
    const email = `outside-${Math.random()}@example.test`
    await world.inside(async () => {
      const person = await ExternalResource.add({ name: 'Otto Outside', email }, manager)
      await Task.add(project, { title: 'Survey it', externalResourceId: person.id })
    }, manager)
    const files = await bundleOf(email)
    assert.containsSubset(files.records('external_resources'), [{ name: 'Otto Outside', email }])
    assert.containsSubset(files.records('tasks'), [{ title: 'Survey it' }])
    assert.lengthOf(files.records('users'), 0)
  })

  test('hold what was asked without an account, and its text once the address was proved', async ({
    assert,
  }) => {
    const email = `asker-${Math.random()}@example.test`
    const ask = (details: string, address = email) => {
      const contact = { name: 'Ada Asker', email: address }
      return receiveRequest({ kind: 'access', channel: 'web', contact, details })
    }
    assert.isNull(await subjectOf(email))
    const refs = await Tenancy.system(PLATFORM, async () => {
      const proved = await ask('My own words')
      await identify(proved, 'mailed_code')
      const typed = await ask('Words of whoever typed this address')
      await ask('Words of somebody else', `other-${email}`)
      return [proved.ref, typed.ref]
    })
    const files = await bundleOf(email.toUpperCase())
    assert.sameMembers(
      files.records('privacy_requests').map(({ ref }) => ref),
      refs
    )
    assert.containsSubset(files.records('privacy_requests'), [
      { ref: refs[0], details: 'My own words', contact: { name: 'Ada Asker', email } },
      { ref: refs[1], details: null, contact: null },
    ])
    assert.includeMembers(
      files.records('privacy_request_entries').map(({ kind }) => kind),
      ['received', 'identity_verified']
    )
    assert.deepEqual(files.holding('Words of'), [])
  })

  test('leave requests with the account that made them, whoever has their address since', async ({
    assert,
  }) => {
    const { team, manager } = await busy()
    await Tenancy.system(PLATFORM, async () => {
      const asked = { kind: 'access', channel: 'profile', userId: manager.userId } as const
      const contact = { name: manager.name, email: team.email }
      const request = await receiveRequest({ ...asked, contact, details: 'Words of the manager' })
      await verifyIdentity(request, 'session')
    })
    const files = await bundleOf(team.email)
    assert.deepEqual(files.holding('Words of the manager'), [])
    assert.lengthOf((await bundleOf(manager.email)).records('privacy_requests'), 1)
  })

  test('find the mails to an address that nothing else is kept of', async ({ assert }) => {
    const { world, manager } = await busy()
    const email = `invited-${Math.random()}@example.test`
    const data = { subject: 'A notice', paragraphs: ['Welcome'] }
    await world.inside(
      () => queueMail({ template: 'notice', to: { email }, data, key: email }),
      manager
    )
    const files = await bundleOf(email)
    assert.containsSubset(files.records('email_outbox'), [{ email, subject: 'A notice' }])
    const { organisations } = files.json('manifest.json')
    assert.deepEqual(
      organisations.map(({ id }: { id: string }) => id),
      [world.organisationId]
    )
  })

  test('leave out the texts of records that others wrote and that only name the person', async ({
    assert,
  }) => {
    const { world, project, manager, team } = await busy()
    await world.inside(
      () =>
        RaidItem.raise(project, {
          type: 'dependency',
          direction: 'inbound',
          title: 'Private remark',
          counterpartKind: 'team',
          counterpartMemberId: team.membershipId,
        } as any),
      manager
    )
    const files = await bundleOf(team.email)
    const [record] = files.records('raid_items').filter(({ type }) => type === 'dependency')
    assert.containsSubset(record, { counterpart_member_id: team.membershipId, title: null })
    assert.deepEqual(files.holding('Private remark'), [])
  })

  test('of portability hold what the person brought in and no more', async ({ assert }) => {
    const { world, project, manager, team } = await busy()
    await world.inside(async () => {
      const fields = { title: 'Given to me', assigneeId: manager.membershipId }
      await ChecklistItem.add(await Task.add(project, fields), 'A step that I was given')
    }, team)
    const files = await bundleOf(manager.email, 'portability')
    const manifest = files.json('manifest.json')
    const bases = manifest.records.map(({ legal_basis: basis }: any) => basis)
    assert.isEmpty(bases.filter((basis: string) => !['Contract', 'Consent'].includes(basis)))
    assert.lengthOf(files.records('comments'), 1)
    assert.containsSubset(files.records('users'), [{ name: manager.name, email: manager.email }])
    assert.notProperty(files.records('users')[0], 'last_signed_in_at')
    assert.deepEqual(files.holding('Given to me'), [])
    assert.deepEqual(files.holding('A step that I was given'), [])
    const sections = new Set(files.paths.map((path) => path.split('/')[0]))
    assert.sameMembers([...sections], ['data', 'csv', 'schemas', 'README.html', 'manifest.json'])
  })
})
