import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import RaidItem from '#models/raid_item'
import { Item, Note, Work } from '#tests/support/tenant_models'
import { FOREIGN, OWN, twins, type Twins } from '#tests/support/twins'
import {
  inside,
  named,
  onItem,
  onWork,
  plain,
  trx,
  type Probe,
} from '#tests/support/adapter_probes'

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

test.group('Tenancy: what the adapter alone reads, row security off', (group) => {
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
