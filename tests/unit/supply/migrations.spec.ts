import { readdir, readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { sql } from '#tenancy/sql'

/** Migrations up to here ran before anybody used the product. */
const BEFORE_TRAFFIC = '1700000018000'

/** Migrations from here on can run again after they broke off, also without a transaction. */
const BEFORE_REPEATING = '1700000019500'

/** What holds a lock on a table for as long as it has rows to read or to write anew. */
const SLOW: [RegExp, string][] = [
  [
    /\bcreate (?:unique )?index (?!concurrently)[^;]*?\bon (?:only )?(\w+)/g,
    'create the index concurrently',
  ],
  [
    /\balter table (?:only )?(\w+)[^;]*?\balter (?:column )?\w+ (?:set data )?type\b/g,
    'add a column and copy',
  ],
  [
    /\balter table (?:only )?(\w+)[^;]*?\bset not null\b/g,
    'add a check that is not valid, then validate it',
  ],
  [
    /\balter table (?:only )?(\w+)[^;]*?\bgenerated always as [^;]*? stored\b/g,
    'fill a plain column in parts',
  ],
  [
    /\balter table (?:only )?(\w+)[^;]*?\badd (?:constraint \w+ )?(?:check|foreign key)(?![^;]*not valid)/g,
    'add it not valid, then validate it',
  ],
  [
    /\balter table (?:only )?(\w+)[^;]*?\badd (?:constraint \w+ )?(?:unique|primary key)(?! using index)/g,
    'create the index concurrently and use it',
  ],
  [/\b(?:lock table|vacuum full|cluster) (\w+)/g, 'find another way'],
]

/** What a migration would do to tables that it did not make itself. */
function slowSteps(text: string) {
  const code = text.toLowerCase().replaceAll(/\s+/g, ' ')
  const made = [...code.matchAll(/\bcreate table (?:if not exists )?(\w+)/g)].map(
    ([, name]) => name
  )
  const steps = SLOW.flatMap(([pattern, advice]) =>
    [...code.matchAll(pattern)]
      .filter(([, table]) => !made.includes(table))
      .map(([, table]) => `${table}: ${advice}`)
  )
  if (!/create (unique )?index concurrently/.test(code)) return steps
  const isAlone = code.includes('static disabletransactions = true')
  return isAlone ? steps : [...steps, 'an index is made concurrently outside a transaction only']
}

/** Indexes that a migration would find half made when it runs again after it broke off. */
function notRepeatable(text: string) {
  const [, up = ''] = /async up\(\)(.*?)async down\(\)/s.exec(text.toLowerCase()) ?? []
  return [...up.matchAll(/create (?:unique )?index concurrently (\w+)/g)]
    .filter(
      ([made, name]) =>
        !up.slice(0, up.indexOf(made)).includes(`drop index concurrently if exists ${name}`)
    )
    .map(([, name]) => name)
}

test.group('Migrations under traffic', () => {
  test('hold up nobody for long', async ({ assert }) => {
    const folder = app.makePath('database/migrations')
    const later = (await readdir(folder)).filter((name) => name >= BEFORE_TRAFFIC)
    for (const name of later) {
      assert.deepEqual(slowSteps(await readFile(`${folder}/${name}`, 'utf8')), [], name)
    }
  })

  test('without a transaction can run again where they broke off', async ({ assert }) => {
    const folder = app.makePath('database/migrations')
    const later = (await readdir(folder)).filter((name) => name >= BEFORE_REPEATING)
    for (const name of later) {
      assert.deepEqual(notRepeatable(await readFile(`${folder}/${name}`, 'utf8')), [], name)
    }
    const bare = 'async up() { create index concurrently tasks_due on tasks (due_on) } async down()'
    assert.deepEqual(notRepeatable(bare), ['tasks_due'])
  })

  for (const slow of [
    'create index tasks_due on tasks (organisation_id, due_on)',
    'create unique index tasks_ref on tasks (organisation_id, number)',
    'create index concurrently tasks_due on tasks (due_on)',
    'create unique index concurrently tasks_ref on tasks (number)',
    'alter table tasks alter column title type varchar(100)',
    'alter table tasks alter due_on set not null',
    'alter table tasks add column words tsvector generated always as (f(title)) stored',
    'alter table tasks add check (length(title) > 0)',
    'alter table tasks add constraint owned foreign key (owner_id) references users (id)',
    'alter table tasks add constraint one unique (number)',
    'lock table tasks',
  ]) {
    test(`would hold up the service: ${slow}`, ({ assert }) => {
      assert.lengthOf(slowSteps(`this.schema.raw(\`${slow}\`)`), 1)
    })
  }

  for (const quick of [
    'static disableTransactions = true\n create index concurrently tasks_due on tasks (due_on)',
    'create table notes (id uuid primary key); create index notes_at on notes (at)',
    'alter table tasks add column note text',
    `alter table tasks add column note text not null default ''`,
    'alter table tasks add constraint named check (length(title) > 0) not valid',
    'alter table tasks validate constraint named',
    'alter table tasks add constraint one unique using index tasks_number',
  ]) {
    test(`holds nothing up: ${quick}`, ({ assert }) => assert.deepEqual(slowSteps(quick), []))
  }

  test('give up rather than make everybody queue behind them', async ({ assert }) => {
    const [{ lock_timeout: patience }] = await sql(db.connection('owner'), 'show lock_timeout')
    assert.equal(patience, '5s')
  })
})
