import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { Log } from '#tests/support/raid_log'
import { registerStaff } from '#tests/support/world'
import { Walk } from '#tests/support/walk'

const VALUES = [
  '',
  '%00',
  'constructor',
  '__proto__',
  'toString',
  '%ED%A0%80',
  '%F0%9F%92%A5',
  '-1',
  '1e400',
  '9'.repeat(30),
  '%27%22%3E%3Cimg%20src%3Dx%3E',
  '%5C%25_',
  '%28%26%21%7C%3A%2A%27',
  randomUUID(),
  randomUUID().replaceAll('-', ''),
  '2026-02-30',
  '275760-09-13',
  'x'.repeat(300),
]

const NAMES = [
  'type',
  'q',
  'status',
  'state',
  'owner',
  'band',
  'likelihood',
  'impact',
  'response',
  'review',
  'overdue',
  'project',
  'import',
  'sort',
  'direction',
  'after',
  'before',
  'per_page',
  'edit',
  'who',
  'what',
  'ref',
  'from',
  'to',
  'all',
  'return_to',
  'organisation',
  'page',
]

/** Cursors of the right form that hold the wrong things. */
const CURSORS = [
  [],
  [1],
  [null, null],
  ['x', 'y'],
  [{}, 1],
  ['\u0000', '\u0000'],
  [1e300, -1],
  ['', 2 ** 40],
  ['\u0000', randomUUID()],
  ['2026-02-30', randomUUID()],
  ['2026-02-30T00:00:00.000Z', randomUUID()],
  [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ['1.5', '1.5'],
]
const encoded = CURSORS.map((cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url'))

test.group('Addresses typed by hand', () => {
  test('never cause an error of ours', async ({ assert, client }) => {
    const log = await Log.create()
    const item = await log.raise('risk')
    const owner = await log.world.person('owner')
    const project = `/projects/${log.project.id}`
    const paths = [
      '/projects',
      '/raid',
      `${log.url}`,
      `${project}/audit`,
      '/audit',
      log.urlOf(item),
    ]
    paths.push(`${log.urlOf(item)}/audit`, `${log.url}.csv`, `${project}/audit.csv`, '/sign-in')
    const walk = await Walk.begin(client, owner)
    const queries = [
      ...['[]=a', '[a][b]=c', '=a&page=b'].map((form) => NAMES.map((n) => n + form).join('&')),
      ...VALUES.map((value) =>
        NAMES.filter((n) => n !== 'organisation')
          .map((n) => `${n}=${value}`)
          .join('&')
      ),
      ...encoded.flatMap((cursor) =>
        ['title', 'ref', 'due', 'updated', 'rating', 'status', 'name'].flatMap((sort) => [
          `sort=${sort}&after=${cursor}`,
          `sort=${sort}&before=${cursor}`,
        ])
      ),
    ]
    const broken: string[] = []
    for (const path of paths) {
      for (const query of queries) {
        if (path !== '/raid' && path !== log.url && path !== '/projects' && /sort=/.test(query))
          continue
        const { status } = await probe(walk, `${path}?${query}`)
        if (status >= 500) broken.push(`${status} ${path}?${query.slice(0, 160)}`)
      }
    }
    assert.deepEqual(broken, [])
  })

  test('with an invalid cursor cause no error, for members, staff and programs', async ({
    assert,
    client,
  }) => {
    const log = await Log.create()
    const { manager } = log.people
    const health = `/projects/${log.project.id}/health`
    const office = ['privacy', 'seals', 'organisations', 'mails', 'jobs', 'people', 'audit']
    const staff = await registerStaff()
    const broken: string[] = []
    for (const cursor of encoded) {
      const paths = [health, ...office.map((name) => `/admin/${name}`)]
      for (const path of paths.flatMap((one) => [`${one}?after=`, `${one}?before=`])) {
        const person = path.startsWith('/admin') ? staff : manager
        const answer = await client.get(path + cursor).as(person)
        if (answer.status() >= 500) broken.push(path + cursor)
      }
      const api = `/api/v1/projects/${log.project.id}/reports?cursor=${cursor}`
      const answer = await client.get(api).withTokenOf(manager)
      if (answer.status() >= 500) broken.push(api)
    }
    assert.deepEqual(broken, [])
  })

  test('with an invalid id find no record', async ({ assert, client }) => {
    const log = await Log.create()
    const walk = await Walk.begin(client, log.people.manager)
    for (const id of [
      '0',
      'null',
      '%00',
      '..%2F..',
      "'",
      'x'.repeat(3000),
      '%F0%9F%92%A5',
      '%0d%0aA:b',
    ]) {
      for (const path of [
        `/projects/${id}`,
        `${log.url}/${id}`,
        `/projects/${log.project.id}/imports/${id}`,
      ]) {
        const { status } = await probe(walk, path)
        assert.include([404, 400], status, path.slice(0, 120))
      }
    }
  })
})

async function probe(walk: Walk, path: string) {
  const answer = await walk.open(path)
  return { status: answer.status() }
}
