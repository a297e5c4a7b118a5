import drive from '@adonisjs/drive/services/main'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { verifyOrganisation } from '#audit/chain'
import { trustedKeys } from '#audit/settings'
import { PACK_FOLDER } from '#exports/board_pack/store'
import { keyOf } from '#models/stored_file/files'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import {
  eraseOrganisation,
  previewOrganisation,
  wasErased,
} from '#privacy/destruction/organisation'
import { removeProject } from '#privacy/destruction/removal'
import { removeSampleProject } from '#privacy/destruction/sample'
import { sql } from '#tenancy/sql'
import { PLATFORM } from '#tenancy/tenancy'
import { admin, checksums, quietly, tenantTables } from '#tests/support/admin'
import { askingForErasure } from '#tests/support/exercises/privacy'
import { populated } from '#tests/support/populated'
import { asSuperuser } from '#tests/support/superuser'
import { seal } from '#tests/support/trail'
import { registerStaff, World } from '#tests/support/world'

const system = { actorKind: 'system', actor: null } as const

async function close(world: World, project: Project) {
  await world.inside(async () => {
    const present = await (project.constructor as typeof Project).findOrFail(project.id)
    await present.merge({ status: 'closed' }).save()
  })
}

async function problems(organisationId: string) {
  const report = await verifyOrganisation(db.connection('sealer'), organisationId, {
    keys: trustedKeys(),
  })
  return { report, codes: [...new Set(report.problems.map(({ code }) => code))] }
}

/** The tables in which any row of the database holds this text. */
async function tablesWith(text: string) {
  const tables = await tenantTables()
  const found = await Promise.all(
    tables.map(async (name) => {
      const rows = await sql(
        admin(),
        `select from ${name} t where strpos(t::text, ?) > 0 limit 1`,
        [text]
      )
      return rows.length > 0 ? name : null
    })
  )
  return found.filter((name) => name !== null)
}

/** What a superuser with triggers off can do. */
function behindTheGuards(text: string) {
  const tables = ['audit.events', 'audit.event_values', 'audit.removed_events']
  const each = (what: string) => tables.map((name) => `alter table ${name} ${what}`).join(';')
  return asSuperuser(
    `begin; ${each('disable trigger append_only')}; ${text};
     ${each('enable always trigger append_only')}; commit`
  )
}

test.group('A project that is destroyed', () => {
  test('is gone from every table with its events; the chain still verifies', async ({ assert }) => {
    const { world, project } = await populated()
    const other = await world.project({ name: 'Stays' })
    const pointing = await world.inside(
      async () => {
        const item = await RaidItem.raise(other, {
          type: 'dependency',
          title: 'Needs the crane',
        } as any)
        return item.id
      },
      await world.person('manager')
    )
    await world.inside(async () => {
      const item = await RaidItem.findOrFail(pointing)
      await item.merge({ counterpartKind: 'project', counterpartProjectId: project.id }).save()
    })
    const foreign = await populated()
    await close(world, project)
    await seal(world.organisationId)
    const before = await checksums(foreign.world.organisationId)
    const dry = await removeProject(world.organisationId, project.id, { ...system, dryRun: true })
    assert.isAbove(dry.events, 5)
    assert.isAbove(Object.keys(dry.rows).length, 20)
    assert.isNotEmpty(await sql(admin(), 'select from projects where id = ?', [project.id]))

    const done = await removeProject(world.organisationId, project.id, { ...system, dryRun: false })
    assert.deepEqual(done.rows, dry.rows)
    assert.isEmpty(await sql(admin(), 'select from projects where id = ?', [project.id]))
    const left = (await tablesWith(project.id)).filter((name) => !name.startsWith('audit.'))
    assert.deepEqual(left, [])
    const values = await sql(
      admin(),
      `select from audit.event_values v join audit.removed_events gone
         on gone.organisation_id = v.organisation_id and gone.event_id = v.event_id
        where v.organisation_id = ?`,
      [world.organisationId]
    )
    assert.isEmpty(values)
    const told = await sql(
      admin(),
      'select distinct action from audit.events where organisation_id = ? and header like ?',
      [world.organisationId, `%${project.id}%`]
    )
    assert.notInclude(
      told.map(({ action }) => action),
      'project.created'
    )
    assert.include(
      told.map(({ action }) => action),
      'audit.removed'
    )
    assert.isNotEmpty(await sql(admin(), 'select from raid_items where id = ?', [pointing]))
    assert.deepEqual(await checksums(foreign.world.organisationId), before)

    await seal(world.organisationId)
    const { report, codes } = await problems(world.organisationId)
    assert.deepEqual(codes, [])
    assert.equal(report.removed, done.events)
    for (const kind of ['evidenceId', 'attachmentId']) {
      const [job] = await sql(
        admin(),
        `select from graphile_worker._private_jobs jobs
           join graphile_worker._private_tasks kinds on kinds.id = jobs.task_id
          where payload->>'organisationId' = ? and payload->>? is not null
            and identifier like 'discard_%' limit 1`,
        [world.organisationId, kind]
      )
      assert.exists(job, 'its files leave the store by jobs')
    }
  })

  test('was closed or cancelled before, and stands in that organisation', async ({ assert }) => {
    const [world, other] = [await World.create(), await World.create()]
    const active = await world.project()
    const remove = (organisationId: string) =>
      removeProject(organisationId, active.id, { ...system, dryRun: false })
    await assert.rejects(() => remove(world.organisationId), /closed or cancelled/)
    await close(world, active)
    await assert.rejects(() => remove(other.organisationId), /no such project/)
    assert.isNotEmpty(await sql(admin(), 'select from projects where id = ?', [active.id]))
  })

  test('cannot be made up: removal without its tombstone is found', async ({ assert }) => {
    const world = await World.create()
    const project = await world.project()
    await close(world, project)
    await seal(world.organisationId)
    await removeProject(world.organisationId, project.id, { ...system, dryRun: false })
    await seal(world.organisationId)
    assert.deepEqual((await problems(world.organisationId)).codes, [])

    const where = `organisation_id = '${world.organisationId}'`
    await behindTheGuards(`with gone as (delete from audit.events where ${where} and action = 'organisation.created'
        or ${where} and seq = (select min(seq) from audit.events where ${where}) returning *)
      insert into audit.removed_events
        select organisation_id, id, seq, txid, event_hash,
          (select removal_id from audit.removed_events where ${where} limit 1) from gone`)
    const { codes } = await problems(world.organisationId)
    assert.include(codes, 'unlawful_removal')
    assert.notInclude(
      codes,
      'seal_root',
      'the leaves are those that were sealed: only the tombstone tells'
    )
  })

  test('needs its tombstone: otherwise rows and events stay guarded', async ({ assert }) => {
    const { world } = await populated()
    for (const statement of [
      `delete from audit.events where organisation_id = ?`,
      `delete from audit.seals where organisation_id = ?`,
      `delete from gate_votes where organisation_id = ?`,
      `delete from projects where organisation_id = ?`,
    ]) {
      await seal(world.organisationId)
      await assert.rejects(
        () => sql(admin(), statement, [world.organisationId]),
        /append-only|never changes|violates foreign key|no audit event/
      )
    }
  })
})

test.group('The sample project', () => {
  test('is removed once it is cancelled, and no other project in its place', async ({ assert }) => {
    const world = await World.create()
    const { membershipId } = await world.person('owner')
    const [real, sample] = [
      await world.project({ status: 'cancelled' }),
      await world.project({ isSample: true }),
    ]
    const isThere = async ({ id }: Project) => {
      await removeSampleProject(world.organisationId, id, membershipId)
      return (await sql(admin(), 'select from projects where id = ?', [id])).length > 0
    }
    assert.isTrue(await isThere(real))
    assert.isTrue(await isThere(sample))
    await quietly(`update projects set status = 'cancelled' where id = ?`, [sample.id])
    assert.isFalse(await isThere(sample))
  })
})

test.group('An organisation that is erased', () => {
  test('is gone from every table, file and job; others are untouched', async ({ assert }) => {
    const [{ world, project }, { world: other }] = [await populated(), await populated()]
    const id = world.organisationId
    const guest = await world.person('member')
    await other.join({ userId: guest.userId, name: guest.name, email: guest.email }, 'member')
    const key = keyOf('evidence', id, project.id)
    const pack = `${PACK_FOLDER}/${id}/pack.pdf`
    for (const file of [key, pack]) await drive.use().put(file, 'bytes')
    await seal(id)
    const before = await checksums(other.organisationId)

    const preview = await previewOrganisation(id)
    assert.isAbove(Object.keys(preview.tombstone!.rows).length, 40)
    assert.deepEqual(await checksums(other.organisationId), before)
    const staff = await registerStaff()
    const by = { actorKind: 'staff', actor: staff.userId } as const
    const { tombstone, people } = await eraseOrganisation(id, by)

    for (const name of await tenantTables()) {
      const rows = await sql(admin(), `select from ${name} where organisation_id = ? limit 1`, [id])
      assert.isEmpty(rows, name)
    }
    assert.isEmpty(await sql(admin(), 'select from organisations where id = ?', [id]))
    const jobs = await sql(
      admin(),
      `select from graphile_worker._private_jobs where payload->>'organisationId' = ?`,
      [id]
    )
    assert.isEmpty(jobs)
    for (const file of [key, pack]) assert.isFalse(await drive.use().exists(file))
    assert.deepEqual(await checksums(other.organisationId), before)

    const ids = people.map((person) => person.id)
    assert.notInclude(ids, guest.userId)
    const requests = await sql(
      admin(),
      `select user_id, kind, channel, status from privacy_requests where user_id = any(?)
        and channel = 'organisation'`,
      [ids]
    )
    assert.sameMembers(
      requests.map((row) => row.user_id),
      ids
    )
    assert.containsSubset(requests[0], { kind: 'erasure', status: 'working' })

    const [event] = await sql(
      admin(),
      'select actor_kind, actor_ref, facts from audit.events where organisation_id = ? and id = ?',
      [PLATFORM, tombstone!.id]
    )
    assert.containsSubset(event, { actor_kind: 'staff', actor_ref: staff.userId })
    assert.match(event.facts.seal, /^\d+:[0-9a-f]{64}$/)
    assert.equal(event.facts.rows.projects, tombstone!.rows.projects)
    await seal(PLATFORM)
    assert.deepEqual((await problems(PLATFORM)).codes, [])
  })

  test('is finished by the next run wherever one was cut off', async ({ assert, cleanup }) => {
    const { world } = await populated()
    const id = world.organisationId
    const disk: any = drive.use()
    const usual = disk.deleteAll
    cleanup(() => void (disk.deleteAll = usual))
    disk.deleteAll = async () => {
      throw new Error('killed')
    }
    await drive.use().put(keyOf('evidence', id, id), 'bytes')
    await assert.rejects(() => eraseOrganisation(id, system), 'killed')
    assert.isTrue(await wasErased(id))
    disk.deleteAll = usual
    const { tombstone, people } = await eraseOrganisation(id, system)
    assert.isNull(tombstone)
    assert.isEmpty(people)
    assert.isFalse(await drive.use().exists(keyOf('evidence', id, id)))
  })

  test('asks each person’s erasure once, however often it is run', async ({ assert }) => {
    const world = await World.create()
    const { userId } = await world.person('owner')
    const asking = await world.person('member')
    await askingForErasure(asking)
    const other = await World.create()
    await assert.rejects(() => eraseOrganisation(PLATFORM, system))
    await eraseOrganisation(world.organisationId, system)
    await eraseOrganisation(world.organisationId, system)
    const rows = await sql(
      admin(),
      'select user_id from privacy_requests where user_id = any (?) order by user_id',
      [[userId, asking.userId]]
    )
    assert.deepEqual(
      rows.map((row) => row.user_id),
      [userId, asking.userId].sort()
    )
    assert.isFalse(await wasErased(other.organisationId))
  })
})
