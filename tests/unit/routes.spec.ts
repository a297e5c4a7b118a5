import { readdir, readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import { RouterFactory } from '@adonisjs/core/factories/http'
import app from '@adonisjs/core/services/app'
import { declaredRoutes } from '#start/router'

test.group('Routes: their files', () => {
  test('take the router that knows declarations', async ({ assert }) => {
    const folder = app.makePath('start/routes')
    for (const name of [...(await readdir(folder)).map((file) => `routes/${file}`), 'routes.ts']) {
      const source = await readFile(app.makePath('start', name), 'utf8')
      assert.include(source, "import router from '#start/router'", name)
    }
  })
})

test.group('Routes: deny by default', () => {
  test('{name} stops the boot')
    .with([
      { name: 'a route without access', add: (r: any) => r.get('/open', () => '') },
      {
        name: 'a change without an audit event or a reason',
        add: (r: any) => r.post('/open', () => '').can('project.create'),
      },
      {
        name: 'an audited change that anyone may make',
        add: (r: any) => r.delete('/open', () => '').audits('project.deleted'),
      },
    ])
    .run(({ assert }, { add }) => {
      const router = new RouterFactory().create()
      router.get('/fine', () => '').forAnyone('it is fine')
      add(router)
      router.commit()
      assert.throws(() => declaredRoutes(router), /Routes without .*\/open/)
    })

  test('declared routes pass, with what they declare', ({ assert }) => {
    const router = new RouterFactory().create()
    router
      .group(() => {
        router
          .put('/:id', () => '')
          .can('project.update')
          .audits('project.updated')
      })
      .prefix('/grouped')
    router.commit()
    const [route] = declaredRoutes(router)
    assert.equal(route.pattern, '/grouped/:id')
    assert.deepEqual(route.access, { kind: 'can', ability: 'project.update' })
  })

  test('a route of the platform needs no ability, and says what it audits all the same', ({
    assert,
  }) => {
    const router = new RouterFactory().create()
    router.get('/office', () => '').forPlatform('running the platform')
    router.post('/office', () => '').forPlatform('running the platform')
    router.commit()
    assert.throws(() => declaredRoutes(router), /POST \/office/)
  })

  test('the boot checks, after every route is known', async ({ assert }) => {
    const source = await readFile(app.makePath('adonisrc.ts'), 'utf8')
    const preloads = source.match(/preloads: \[(.*?)\n {2}\]/s)![1].match(/#start\/[\w/]+/g)!
    const routes = preloads.indexOf('#start/routes')
    assert.equal(preloads.indexOf('#start/declarations'), routes + 1)
    assert.isAbove(declaredRoutes().length, 10)
  })
})
