import { test } from '@japa/runner'
import { checksums } from '#tests/support/admin'
import { Item, Note, Work } from '#tests/support/tenant_models'
import { OWN, twins, type Twins } from '#tests/support/twins'
import { inside, named, onItem, onWork, trx, type Probe } from '#tests/support/adapter_probes'

/** Each must leave every row of the other organisation as it is, and may change our own. */
const writes: Record<string, Probe> = {
  'bulk update': () => Work.query().update({ name: 'changed' }),
  'bulk update with a leading orWhere': () =>
    Work.query().orWhereNotNull('id').update({ name: 'changed' }),
  'bulk update after clearWhere': () => Work.query().clearWhere().update({ name: 'changed' }),
  'bulk delete': () => Note.query().orWhereNotNull('id').delete(),
  'increment': () => Item.query().orWhereNotNull('id').increment('lock_version', 1),
  'decrement': () => Item.query().orWhereNotNull('id').decrement('lock_version', 1),
  'update past the adapter': () =>
    (trx().modelQuery(Work) as any).orWhereNotNull('id').update({ name: 'changed' }),
  'update after toSQL': () => {
    const query = Work.query().orWhereNotNull('id').update({ name: 'changed' })
    query.toSQL()
    return query
  },
  'save': onWork((work) => work.merge({ name: 'changed' }).save()),
  'save in a savepoint': ({ ids }) =>
    Work.transaction(async (savepoint) => {
      const work = await Work.findOrFail(ids.project)
      await work.useTransaction(savepoint).merge({ name: 'changed' }).save()
    }),
  'delete': async ({ ids }) => {
    const note = await Note.findOrFail(ids.note)
    await note.delete()
  },
  'updateOrCreate': ({ ids }) => Work.updateOrCreate({ id: ids.project }, { name: 'changed' }),
  'updateOrCreateMany': ({ ids }) =>
    Work.updateOrCreateMany('id', [{ id: ids.project, name: 'changed' }]),
  'fetchOrCreateMany': ({ ids, only }) =>
    Work.fetchOrCreateMany('id', [
      { id: ids.project },
      { id: only.project, code: 'MADE', name: 'made' },
    ]),
  'create with their organisation': ({ theirs }) =>
    Work.create({ organisationId: theirs.organisationId, code: 'MADE', name: 'made' }),
  'createMany with their organisation': ({ theirs }) =>
    Work.createMany([{ organisationId: theirs.organisationId, code: 'MADE', name: 'made' }]),
  'create with their id': ({ only }) =>
    Work.create({ id: only.project, code: 'MADE', name: 'made' }),
  'related update': onWork((work) =>
    work.related('items').query().orWhereNotNull('id').update({ title: 'changed' })
  ),
  'related delete': onItem((item) => item.related('notes').query().orWhereNotNull('id').delete()),
  'related create': onWork((work) => work.related('items').create(anItem())),
  'related createMany': onWork((work) => work.related('items').createMany([anItem()])),
  'related save': onWork((work) => work.related('items').save(new Item().merge(anItem() as any))),
  'related updateOrCreate': onWork((work) =>
    work.related('items').updateOrCreate({ number: 1 }, { title: 'changed' })
  ),
  'associate': onItem(async (item, { ids }) => {
    await item.related('work').associate(await Work.findOrFail(ids.project))
  }),
}

test.group('Tenancy: what the adapter alone writes, row security off', (group) => {
  let world: Twins
  group.setup(async () => {
    world = await twins()
  })

  test('writes only our own rows by {name}')
    .with(named(writes))
    .run(async ({ assert }, { probe }) => {
      const [before, after] = await inside(world, async () => {
        const first = await checksums(world.theirs.organisationId, trx())
        await probe(world)
        return [first, await checksums(world.theirs.organisationId, trx())]
      })
      assert.deepEqual(after, before)
    })
})

function anItem() {
  return { type: 'decision', number: 9, title: OWN, status: 'proposed', lockVersion: 1 }
}
