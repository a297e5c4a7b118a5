import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import RaidItem from '#models/raid_item'
import { checksums } from '#tests/support/admin'
import { Note, Work } from '#tests/support/tenant_models'
import { twins, type Twins } from '#tests/support/twins'
import { inside, onWork, plain, trx, type Probe } from '#tests/support/adapter_probes'

/** Each must throw. */
const refused: Record<string, [Probe, RegExp]> = {
  'moving a row': [
    onWork((work, w) => work.merge({ organisationId: w.theirs.organisationId }).save()),
    /never moves/,
  ],
  'moving a row by fill': [
    onWork((work, w) => work.fill({ organisationId: w.theirs.organisationId, name: 'x' }).save()),
    /never moves/,
  ],
  'moving a row whose organisation was not read': [
    async (w) => {
      const work = await Work.query().select('id').firstOrFail()
      return work.merge({ organisationId: w.theirs.organisationId }).save()
    },
    /never moves/,
  ],
  'changing an id': [onWork((work, w) => work.merge({ id: w.only.project }).save()), /never/],
  'findOrFail of a foreign id': [({ only }) => Work.findOrFail(only.project), /Row not found/],
  'saving what another organisation loaded': [
    async ({ theirs, only }) => {
      const work = await theirs.inside(() => Work.findOrFail(only.project))
      return work.merge({ name: 'changed' }).save()
    },
    /Row not found/,
  ],
  'deleting what another organisation loaded': [
    async ({ theirs, only }) => {
      const note = await theirs.inside(() => Note.findOrFail(only.note))
      await note.delete()
    },
    /Row not found/,
  ],
  'refreshing what another organisation loaded': [
    async ({ theirs, only }) => {
      const work = await theirs.inside(() => Work.findOrFail(only.project))
      await work.refresh()
    },
    /Row not found/,
  ],
  'saving while the other transaction is open': [
    ({ ours, theirs, only }) =>
      theirs.inside(async () => {
        const work = await Work.findOrFail(only.project)
        return ours.inside(() => work.merge({ name: 'changed' }).save())
      }),
    /not the one of the organisation/,
  ],
  'loading a relation while the other transaction is open': [
    ({ ours, theirs, only }) =>
      theirs.inside(async () => {
        const work = await Work.findOrFail(only.project)
        return ours.inside(() => work.load('items'))
      }),
    /not the one of the organisation/,
  ],
  'a client of another organisation': [
    ({ ours, theirs }) =>
      theirs.inside(async () => {
        const client = trx()
        return ours.inside(() => Work.query({ client }).exec())
      }),
    /not the one of the organisation/,
  ],
  'a transaction of no organisation': [
    () => db.transaction((client) => Work.create({ code: 'MADE', name: 'made' }, { client })),
    /not the one of the organisation/,
  ],
  'a query builder of another transaction': [
    () => db.transaction((client) => client.modelQuery(Work).exec() as any),
    /not the one of the organisation/,
  ],
  'a deletion that finds nothing': [
    async ({ ids }) => {
      const [first, second] = [await Note.findOrFail(ids.note), await Note.findOrFail(ids.note)]
      await first.delete()
      await second.delete()
    },
    /Row not found/,
  ],
  'truncation': [async () => Work.truncate(), /every organisation/],
  'a table that is not named': [
    () =>
      Work.query()
        .from(trx().raw('projects') as any)
        .exec(),
    /names its table/,
  ],
  'bulk update of an audited model': [
    () => RaidItem.query().update({ title: 'changed' }),
    /is audited/,
  ],
  'bulk increment of an audited model': [
    () => RaidItem.query().increment('lock_version', 1).exec(),
    /is audited/,
  ],
}

test.group('Tenancy: what the adapter alone refuses, row security off', (group) => {
  let world: Twins
  group.setup(async () => {
    world = await twins()
  })

  test('refuses {name}')
    .with(Object.entries(refused).map(([name, [probe, message]]) => ({ name, probe, message })))
    .run(async ({ assert }, { probe, message }) => {
      const before = await checksums(world.theirs.organisationId)
      await assert.rejects(() => inside(world, async () => plain(await probe(world))), message)
      assert.deepEqual(await checksums(world.theirs.organisationId), before)
    })
})
