import { setTimeout as pause } from 'node:timers/promises'
import { test } from '@japa/runner'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import db from '@adonisjs/lucid/services/db'
import { isUnavailability } from '#exceptions/unavailability'
import { FAILED_BEFORE } from '#tenancy/batch'
import { gather } from '#tenancy/sending'
import { read, sql, write } from '#tenancy/sql'
import { transaction } from '#tenancy/transaction'
import { admin } from '#tests/support/admin'
import { countTurns } from '#tests/support/query_count'

const NUMBER = 'select ?::integer as number'

/** So many a connection keeps; those of a batch come on top until the next. */
const ROOM = 250
const BROKEN = 'select 1 / ?::integer as number'

test.group('Statements that are asked for at the same moment', () => {
  test('leave with the beginning in one write, and each is told its own rows', async ({
    assert,
  }) => {
    const ask = () =>
      transaction(db, (trx) =>
        Promise.all([
          read(trx, NUMBER, [1]),
          read(trx, 'select number, null as nothing from generate_series(1, ?) as number', [2]),
          read(trx, `select where ? = 'never'`, ['x']),
          trx.rawQuery('select 4 as number').then(({ rows }) => rows),
          read(trx, NUMBER, [5]),
        ])
      )
    const expected = [
      [{ number: 1 }],
      [
        { number: 1, nothing: null },
        { number: 2, nothing: null },
      ],
      [],
      [{ number: 4 }],
      [{ number: 5 }],
    ]
    assert.deepEqual(await ask(), expected)
    // Once the connection knows the columns it is not told of them again.
    assert.deepEqual(await ask(), expected)
    assert.isAtMost(await countTurns(ask), 2)
  })

  test('are in the order that they were asked in', async ({ assert }) => {
    const told = await transaction(db, async (trx) => {
      const setting = (value: string) =>
        read(trx, `select set_config('app.request_id', ?, true)`, [value])
      const present = `select current_setting('app.request_id') as value`
      const [, first, , second] = await Promise.all([
        setting('a'),
        read(trx, present),
        setting('b'),
        read(trx, present),
      ])
      const gathered = setting('c')
      const { rows: third } = await trx.rawQuery(present)
      await gathered
      return [first, second, third].map(([{ value }]) => value)
    })
    assert.deepEqual(told, ['a', 'b', 'c'])
  })

  test('fail one by one: those before the one that fails are answered, those behind are not run', async ({
    assert,
  }) => {
    const NEVER = `select ?::integer as never_run_${Date.now()}`
    const outcomes = await transaction(db, async (trx) => {
      const asked = await Promise.allSettled([
        read(trx, NUMBER, [1]),
        read(trx, BROKEN, [0]),
        read(trx, NEVER, [3]),
      ])
      const after = await Promise.allSettled([read(trx, NUMBER, [4])])
      throw new Outcomes([...asked, ...after])
    }).catch((error) => (error as Outcomes).outcomes)
    assert.deepEqual(
      outcomes.map(({ status, reason }: any) => reason?.code ?? status),
      ['fulfilled', '22012', FAILED_BEFORE, FAILED_BEFORE]
    )
    // What was not run is not taken for known, on none of the connections.
    const again = await Promise.all(
      Array.from({ length: 20 }, () => read(db.connection(), NEVER, [3]))
    )
    for (const [row] of again) assert.deepEqual(Object.values(row), [3])
  })

  test('tell of the one that failed also where what follows left before that was known', async ({
    assert,
  }) => {
    const slow = 'select 1 / (?::integer * length(pg_sleep(0.2)::text))'
    const never = `select ?::integer as never_parsed_${Date.now()}`
    const { outcomes } = await transaction(db, async (trx) => {
      const first = Promise.allSettled([read(trx, slow, [1]), read(trx, never, [2])])
      await pause(50)
      const following = Promise.allSettled([read(trx, never, [3])])
      throw new Outcomes([...(await first), ...(await following)])
    }).catch((error) => error as Outcomes)
    assert.deepEqual(
      outcomes.map(({ reason }: any) => reason.code),
      ['22012', FAILED_BEFORE, FAILED_BEFORE]
    )
  })

  test('all tell that the connection broke off, which is answered as a service that is away', async ({
    assert,
  }) => {
    const outcomes = await transaction(db, async (trx) => {
      throw new Outcomes(
        await Promise.allSettled([
          read(trx, NUMBER, [1]),
          read(trx, 'select pg_terminate_backend(pg_backend_pid())'),
          read(trx, NUMBER, [3]),
          read(trx, NUMBER, [4]),
        ])
      )
    }).catch((error) => (error as Outcomes).outcomes)
    const [, ...rest] = outcomes as PromiseRejectedResult[]
    assert.deepEqual(
      rest.map(({ status, reason }) => status === 'rejected' && isUnavailability(reason)),
      [true, true, true]
    )
  })

  test('fail only for a value that cannot be sent', async ({ assert }) => {
    const circular: any[] = []
    const self = { toPostgres: () => self }
    circular.push(self)
    const [first, refused, last] = await transaction(db, (trx) =>
      Promise.allSettled([
        read(trx, NUMBER, [1]),
        read(trx, NUMBER, circular),
        read(trx, NUMBER, [3]),
      ])
    )
    assert.deepEqual((first as any).value, [{ number: 1 }])
    assert.match((refused as any).reason.message, /circular/)
    assert.deepEqual((last as any).value, [{ number: 3 }])
  })

  test('fail outside a transaction where it is the commit that fails', async ({ assert }) => {
    const table = `late_${Date.now()}`
    await sql(admin(), `create table ${table} (id int unique deferrable initially deferred)`)
    await sql(admin(), `grant all on ${table} to public`)
    try {
      const insert = `insert into ${table} select 7 from generate_series(1, ?)`
      const error = await write(db.connection(), insert, [2]).catch((reason) => reason)
      assert.equal(error.code, '23505')
      assert.isEmpty(await sql(admin(), `select id from ${table}`))
      assert.isEmpty(await write(db.connection(), insert, [1]))
    } finally {
      await sql(admin(), `drop table ${table}`)
    }
  })

  test('are all answered where the connection ends among them, and the next gets another', async ({
    assert,
  }) => {
    const END = 'select pg_terminate_backend(pg_backend_pid()), ?::integer as ended'
    const { outcomes } = await transaction(db, async (trx) => {
      const asked = Promise.allSettled([
        read(trx, NUMBER, [1]),
        read(trx, END, [2]),
        read(trx, NUMBER, [3]),
      ])
      await pause(20)
      const later = Promise.allSettled([read(trx, NUMBER, [4])])
      throw new Outcomes([...(await asked), ...(await later)])
    }).catch((error) => error as Outcomes)
    const told = outcomes.map(({ status }) => status)
    assert.deepEqual(told.slice(1), ['rejected', 'rejected', 'rejected'])
    assert.deepEqual(await read(db.connection(), NUMBER, [5]), [{ number: 5 }])
  })

  test('are parsed anew after a migration has changed their columns, or the connection forgot them', async ({
    assert,
  }) => {
    const table = `changed_${Date.now()}`
    await sql(admin(), `create table ${table} as select 1 as value`)
    await sql(admin(), `grant all on ${table} to public`)
    const ask = `select value from ${table} where ? = 1`
    try {
      await transaction(db, async (trx) => {
        // One connection all along: a transaction and its savepoints.
        const statement = { name: `forgotten_${table}`, text: ask.replace('?', '$1') }
        const attempt = () =>
          transaction(trx, async (inner) => gather(await connectionOf(inner), statement, [1]))
        assert.deepEqual(await attempt(), [{ value: 1 }])
        await trx.rawQuery(`deallocate ${statement.name}`)
        const forgotten = await attempt().catch(({ code }) => code)
        assert.equal(forgotten, '26000')
        assert.deepEqual(await attempt(), [{ value: 1 }])
      })
      const outcomes = await overAMigration(ask, `alter table ${table} alter value type text`)
      assert.deepEqual(outcomes, [[{ value: 1 }], '0A000', [{ value: '1' }]])
    } finally {
      await sql(admin(), `drop table ${table}`)
    }
  })

  test('are kept up to a limit for each connection, the most recently used', async ({ assert }) => {
    const stamp = Date.now()
    const statement = (number: number) => ({
      name: `room_${stamp}_${number}`,
      text: `select $1::integer + ${number} as sum`,
    })
    await transaction(db, async (trx) => {
      const connection = await connectionOf(trx)
      const ask = async (number: number) => {
        const [{ sum }] = await gather(connection, statement(number), [1])
        assert.equal(sum, number + 1)
      }
      const kept = async () => {
        const rows = await sql(trx, 'select name from pg_prepared_statements')
        return new Set(rows.map(({ name }) => name))
      }
      for (let number = 0; number < 400; number++) {
        await ask(number)
        if (number % 50 === 0) await ask(0)
      }
      const present = await kept()
      assert.isAtMost(present.size, ROOM + 1)
      assert.isTrue(present.has(statement(0).name))
      assert.isTrue(present.has(statement(399).name))
      assert.isFalse(present.has(statement(10).name))
      // What makes room goes also where the batch that needs it fails.
      const savepoint = await trx.transaction()
      await Promise.allSettled([
        ask(400),
        gather(connection, { text: 'select 1 / $1::integer' }, [0]),
        ask(401),
      ])
      await savepoint.rollback()
      for (const number of [10, 401, 400, 0, 10]) await ask(number)
      assert.isAtMost((await kept()).size, ROOM + 1)
    })
  })

  test('send nothing when they are empty', async ({ assert }) => {
    const told = await transaction(db, (trx) =>
      Promise.all([read(trx, NUMBER, [1]), read(trx, ''), read(trx, NUMBER, [3])])
    )
    assert.deepEqual(told, [[{ number: 1 }], [], [{ number: 3 }]])
  })

  test('report a failure with the stack of the caller', async ({ assert }) => {
    const error = await read(db.connection(), BROKEN, [0]).catch((reason) => reason)
    assert.equal(error.code, '22012')
    assert.include(error.stack, 'batches.spec')
  })

  test('are refused once the transaction has ended', async ({ assert }) => {
    const ended = await transaction(db, async (trx) => trx)
    await assert.rejects(() => read(ended, NUMBER, [1]), /already complete/)
  })

  test('are taken back to a savepoint, and go on', async ({ assert }) => {
    const told = await transaction(db, async (trx) => {
      const savepoint = await trx.transaction()
      await Promise.allSettled([read(savepoint, NUMBER, [1]), read(savepoint, BROKEN, [0])])
      await savepoint.rollback()
      await assert.rejects(() => read(savepoint, NUMBER, [1]), /already complete/)
      const [within] = await trx.transaction(async (inner) => read(inner, NUMBER, [7]))
      return within.number
    })
    assert.equal(told, 7)
  })
})

/** What one connection answers before a migration, at first after it, and then. */
function connectionOf(client: QueryClientContract) {
  return (client.getReadClient() as any).client.acquireConnection()
}

async function overAMigration(text: string, migration: string) {
  const pool = (db.connection().getReadClient() as any).client
  const connection = await pool.acquireConnection()
  const statement = { name: `kept_${Date.now()}`, text: text.replace('?', '$1') }
  const ask = () => gather(connection, statement, [1]).catch(({ code }) => code)
  try {
    const before = await ask()
    await sql(admin(), migration)
    return [before, await ask(), await ask()]
  } finally {
    pool.releaseConnection(connection)
  }
}

class Outcomes extends Error {
  constructor(readonly outcomes: PromiseSettledResult<unknown>[]) {
    super('To be taken back')
  }
}
