import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { compose } from '@adonisjs/core/helpers'
import { BaseModel, manyToMany } from '@adonisjs/lucid/orm'
import { tenanted } from '#models/mixins/tenanted'
import RaidItem from '#models/raid_item'
import Tenancy, { RolledBack } from '#tenancy/tenancy'
import { checksums, withoutRowSecurity } from '#tests/support/admin'
import { Item, Note, Work } from '#tests/support/tenant_models'
import { FOREIGN, OWN, twins, type Twins } from '#tests/support/twins'

/** What a probe may use: ids held by both organisations, and ids that only the other one holds. */
type Probe = (world: Twins) => Promise<unknown> | PromiseLike<unknown>

const trx = () => Tenancy.current().trx

const onWork = (probe: (work: Work, world: Twins) => unknown): Probe => {
  return async (world) => probe(await Work.findOrFail(world.ids.project), world)
}
const onItem = (probe: (item: Item, world: Twins) => unknown): Probe => {
  return async (world) => probe(await Item.findOrFail(world.ids.items[0]), world)
}

/** Each must answer rows of our own organisation and none of the other's. */
const reads: Record<string, Probe> = {
  'all': () => Work.all(),
  'find': ({ ids }) => Work.find(ids.project),
  'find of a foreign id': async ({ ids, only }) => [
    await Work.find(only.project),
    await Work.find(ids.project),
  ],
  'findBy': ({ ids }) => Work.findBy('id', ids.project),
  'findBy an object': ({ ids }) => Work.findBy({ id: ids.project }),
  'findManyBy': ({ ids }) => Item.findManyBy('projectId', ids.project),
  'findMany': ({ ids, only }) => Item.findMany([...ids.items, ...only.items]),
  'first': () => Work.first(),
  'firstOrNew': ({ ids }) => Work.firstOrNew({ id: ids.project }),
  'firstOrCreate': ({ ids }) => Work.firstOrCreate({ id: ids.project }),
  'fetchOrNewUpMany': ({ ids }) => Work.fetchOrNewUpMany('id', [{ id: ids.project }]),
  'a leading orWhere': () => Work.query().orWhere('description', 'like', '%'),
  'a leading orWhereNot': () => Work.query().orWhereNot('description', 'nothing'),
  'a leading orWhereNotNull': () => Work.query().orWhereNotNull('id'),
  'a later orWhere': () => Work.query().where('name', 'nothing').orWhereNotNull('id'),
  'a group that begins with or': () => Work.query().orWhere((group) => group.whereNotNull('id')),
  'orWhereRaw': () => Work.query().whereRaw('1 = 2').orWhereRaw('1 = 1'),
  'clearWhere': () => Work.query().clearWhere(),
  'clearWhere and orWhere': () => Work.query().clearWhere().orWhereNotNull('id'),
  'wrapExisting': () =>
    (Work.query().where('name', 'nothing') as any).wrapExisting().orWhereNotNull('id'),
  'whereNot': () => Work.query().whereNot('name', 'nothing'),
  'whereNot of a group': () => Work.query().whereNot((group) => group.where('name', 'nothing')),
  'pojo': () => Work.query().pojo(),
  'paginate': async () => {
    const page = await Item.query().orWhereNotNull('id').paginate(1, 50)
    if (page.total !== 2) throw new Error(`the count was ${page.total}, not 2`)
    return page.all()
  },
  'clone': () => Work.query().orWhereNotNull('id').clone(),
  'toSQL and then the query': () => {
    const query = Work.query().where('lockVersion', 1).orWhereNotNull('id')
    query.toSQL()
    return query
  },
  'toQuery and then the query': () => {
    const query = Work.query().orWhereNotNull('id')
    query.toQuery()
    return query
  },
  'an alias': () => Work.query().from('projects as p').orWhereNotNull('p.id'),
  'an alias object': () => (Work.query() as any).from({ p: 'projects' }).orWhereNotNull('p.id'),
  'a join': () =>
    Work.query()
      .join('raid_items', 'raid_items.project_id', 'projects.id')
      .orWhereNotNull('projects.id')
      .select('projects.*'),
  'a sub-query of a model': () =>
    Work.query().whereIn('description', Work.query().select('description')),
  'a sub-query of a callback': () =>
    Item.query().whereExists((items) => items.from('projects').whereNotNull('projects.id')),
  'a select of a callback': () =>
    Item.query().select('title', (notes: any) =>
      notes.from('comments').select(trx().raw('min(body)')).as('body')
    ),
  'a union with a callback': () => Work.query().union((query) => query.orWhereNotNull('id')),
  'a union with a model': () => Work.query().union(Work.query().orWhereNotNull('id')),
  'a common table expression': () =>
    Item.query()
      .with('found', (query) => query.from('projects').whereNotNull('id'))
      .select('title', trx().raw('(select string_agg(name, $$,$$) from found) as names')),
  'forUpdate': () => Work.query().forUpdate().orWhereNotNull('id'),
  'the query builder of the transaction': () => trx().modelQuery(Work).orWhereNotNull('id') as any,
  'the query builder of a pool connection': () => Work.query({ client: db.connection() }),
  'another connection by name': () => Work.query({ connection: 'owner' }),
  'a savepoint': () => Work.transaction((savepoint) => Work.query({ client: savepoint }).exec()),
  'preload': () => Work.query().preload('items'),
  'preload with orWhere': () =>
    Work.query().preload('items', (items) => items.orWhereNotNull('id')),
  'preload with clearWhere': () => Work.query().preload('items', (items) => items.clearWhere()),
  'nested preload': () => Work.query().preload('items', (items) => items.preload('notes')),
  'preload belongsTo': () => Note.query().preload('item', (item) => item.preload('work')),
  'preload hasOne': () => Work.query().preload('item'),
  'preload with a limit per group': () =>
    Work.query().preload('items', (items) => items.groupLimit(5)),
  'load': onWork(async (work) => {
    await work.load('items', (items) => items.orWhereNotNull('id'))
    return work
  }),
  'loadCount': onWork(async (work) => {
    await work.loadCount('items')
    return counted(work, 'items_count', 2)
  }),
  'whereHas': () => Work.query().whereHas('items', (items) => items.where('title', OWN)),
  'whereHas of the foreign title': async () => {
    const found = await Work.query().whereHas('items', (items) => items.where('title', FOREIGN))
    return none(found)
  },
  'whereHas with orWhere': async () => {
    const query = Work.query().whereHas('items', (items) =>
      items.where('title', 'nothing').orWhere('title', FOREIGN)
    )
    return none(await query)
  },
  'whereHas of a self relation': async () => {
    const query = Item.query().whereHas('siblings', (items) => items.orWhere('title', FOREIGN))
    return none(await query)
  },
  'whereHas by number': async () => {
    const query = (Work.query() as any).whereHas(
      'items',
      (q: any) => q.orWhereNotNull('id'),
      '>',
      2
    )
    return none(await query)
  },
  'orWhereHas': () =>
    Work.query()
      .where('name', 'nothing')
      .orWhereHas('items', () => {}),
  'has': () => Work.query().has('items', '=', 2),
  'withCount': async () => {
    const query = Work.query().withCount('items', (items) => items.orWhereNotNull('id'))
    return counted(await query.firstOrFail(), 'items_count', 2)
  },
  'withAggregate': () =>
    Work.query().withAggregate('items', (items) => items.min('title').as('title')),
  'related query': onWork((work) => work.related('items').query().orWhereNotNull('id')),
  'related query by title': onWork((work) =>
    work.related('items').query().clearWhere().whereNotNull('id')
  ),
  'related query clone': onWork(async (work) => {
    return work.related('items').query().orWhereNotNull('id').clone()
  }),
  'related belongsTo': onItem((item) => item.related('work').query().orWhereNotNull('id')),
  'refresh': onWork((work) => work.refresh()),
  'lockForUpdate': onWork((work) => work.lockForUpdate(async (row) => row)),
  'count': () => total(Item.query().orWhereNotNull('id').count('* as total'), 2),
  'sum': () => total(Item.query().orWhereNotNull('id').sum('lock_version as total'), 2),
  'min': () => Work.query().min('name as name').pojo(),
  'the model of the application': () => RaidItem.query().orWhereNotNull('id'),
}

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

test.group('Tenancy: the adapter alone, row security off', (group) => {
  let world: Twins
  group.setup(async () => {
    world = await twins()
  })

  test('row security is off here', async ({ assert }) => {
    const seen = await inside(world, () =>
      trx().from('projects').where('id', world.ids.project).count('*')
    )
    assert.equal(Number(seen[0].count), 2)
  })

  test('reads only our own rows by {name}')
    .with(named(reads))
    .run(async ({ assert }, { probe }) => {
      const seen = JSON.stringify(await inside(world, async () => plain(await probe(world))))
      assert.include(seen, OWN)
      assert.notInclude(seen, FOREIGN)
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

  test('refuses {name}')
    .with(Object.entries(refused).map(([name, [probe, message]]) => ({ name, probe, message })))
    .run(async ({ assert }, { probe, message }) => {
      const before = await checksums(world.theirs.organisationId)
      await assert.rejects(() => inside(world, async () => plain(await probe(world))), message)
      assert.deepEqual(await checksums(world.theirs.organisationId), before)
    })

  test('a foreign transaction on a query changes and shows nothing of theirs', async ({
    assert,
  }) => {
    const seen = await world.theirs.inside(async () => {
      const foreign = trx()
      return inside(world, async () =>
        plain(await Work.query().useTransaction(foreign).orWhereNotNull('id'))
      )
    })
    assert.notInclude(JSON.stringify(seen), FOREIGN)
  })
})

test.group('Tenancy: outside an organisation', () => {
  test('{name} throws')
    .with(
      named({
        'a query': () => Work.query().exec(),
        'find': ({ ids }) => Work.find(ids.project),
        'create': () => Work.create({ code: 'MADE', name: 'made' }),
        'a query builder': () => db.modelQuery(Work).exec() as any,
        'a transaction': () => Work.transaction(async () => 1),
      })
    )
    .run(async ({ assert }, { probe }) => {
      await assert.rejects(async () => probe(await twins()), /No organisation is active/)
    })

  test('a loaded row can neither change nor load more once its transaction ended', async ({
    assert,
  }) => {
    const { ours, ids } = await twins()
    const work = await ours.inside(() => Work.findOrFail(ids.project))
    await assert.rejects(() => work.load('items'), /No organisation is active/)
    await assert.rejects(() => work.merge({ name: 'x' }).save(), /No organisation is active/)
    await assert.rejects(() => work.delete(), /No organisation is active/)
  })

  test('work that outlives its transaction finds it closed', async ({ assert }) => {
    const { ours } = await twins()
    let late: Promise<unknown> = Promise.resolve()
    let release = () => {}
    const gate = new Promise<void>((resolve) => (release = resolve))
    await ours.inside(async () => {
      late = gate.then(() => Work.all())
    })
    release()
    await assert.rejects(() => late, /Transaction query already complete/)
  })

  test('relations through tables without a model are refused', ({ assert }) => {
    class Tagged extends compose(BaseModel, tenanted) {}
    Tagged.boot()
    assert.throws(() => manyToMany(() => Work)(Tagged.prototype as any, 'works'), /past its model/)
  })
})

/** Runs work in our organisation, row security off, and rolls back, so that probes never meet. */
async function inside<T>({ ours }: Twins, work: () => Promise<T>): Promise<T> {
  let result: T
  await withoutRowSecurity(() =>
    ours.inside(async () => {
      result = await work()
      Tenancy.fail('the probe is over')
    })
  ).catch((error) => {
    if (!(error instanceof RolledBack)) throw error
  })
  return result!
}

function named(probes: Record<string, Probe>) {
  return Object.entries(probes).map(([name, probe]) => ({ name, probe }))
}

function plain(rows: unknown) {
  return JSON.parse(JSON.stringify(rows ?? null))
}

function none(rows: unknown[]) {
  return rows.length === 0 ? OWN : FOREIGN
}

/** OWN when the loaded count is as expected, so that counting probes read like the others. */
function counted(row: { $extras: Record<string, unknown> }, name: string, expected: number) {
  return Number(row.$extras[name]) === expected ? OWN : `${name} was ${row.$extras[name]}`
}

async function total(query: PromiseLike<{ $extras: Record<string, unknown> }[]>, expected: number) {
  const [row] = await query
  return counted(row, 'total', expected)
}

function anItem() {
  return { type: 'decision', number: 9, title: OWN, status: 'proposed', lockVersion: 1 }
}
