import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { compose } from '@adonisjs/core/helpers'
import { BaseModel, manyToMany } from '@adonisjs/lucid/orm'
import { tenanted } from '#models/mixins/tenanted'
import { Work } from '#tests/support/tenant_models'
import { twins } from '#tests/support/twins'
import { named } from '#tests/support/adapter_probes'

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
