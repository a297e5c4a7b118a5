import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { SigningKey, verifyKeys } from '#audit/keys'
import { readChain } from '#audit/reader'
import { sealOrganisation, type Transactional } from '#audit/sealer'
import { Verifier, type VerifierOptions } from '#audit/verifier'

const key = new SigningKey(process.env.AUDIT_SIGNING_KEY ?? Buffer.alloc(32, 7).toString('base64'))

type Event = {
  action?: string
  values?: Record<string, { v: unknown; subject?: string }>
  facts?: object
  project?: string | null
}

/** A separate organisation, and a connection for every role that deals with its audit trail. */
export class AuditLab {
  readonly organisation = randomUUID()
  readonly key = key
  readonly keys = verifyKeys(key.publicKey)
  #clients = new Map<string, pg.Client>()

  app = () => this.#client('DATABASE_URL')
  sealer = () => this.#client('DATABASE_SEALER_URL')
  privacy = () => this.#client('DATABASE_PRIVACY_URL')
  admin = () => this.#client('DATABASE_ADMIN_URL')

  /** Runs `work` in a transaction bound to this organisation, or to another. */
  async bound<T>(client: pg.Client, work: () => Promise<T>, organisation = this.organisation) {
    await client.query('begin')
    try {
      await client.query(`select set_config('app.organisation_id', $1, true)`, [organisation])
      const result = await work()
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback')
      throw error
    }
  }

  /** Appends one event in its own transaction; returns its id. */
  async append(event: Event = {}) {
    const client = await this.app()
    return this.bound(client, () => appendTo(client, event))
  }

  /** Appends `count` events in one transaction. */
  async appendAll(count: number, event: Event = {}) {
    const client = await this.app()
    return this.bound(client, async () => {
      for (let index = 0; index < count; index++) await appendTo(client, event)
    })
  }

  async seal(limit?: number) {
    return sealOrganisation(asSql(await this.sealer()), this.key, this.organisation, limit)
  }

  async redactSubject(subject: string): Promise<number> {
    return this.#redact('select audit.redact_subject($1, $2) as count', subject)
  }

  async redactValues(pairs: [string, string][]): Promise<number> {
    return this.#redact('select audit.redact_values($1, $2) as count', JSON.stringify(pairs))
  }

  /** The distinct problems that verifying finds, sorted. */
  async problems(options: Partial<VerifierOptions> = {}) {
    const { problems } = await this.report(options)
    return [...new Set(problems.map(({ code }) => code))].sort()
  }

  async report(options: Partial<VerifierOptions> = {}) {
    const sealer = await this.sealer()
    return this.bound(sealer, async () => {
      const verifier = new Verifier(this.organisation, {
        keys: this.keys,
        now: new Date(),
        ...options,
      })
      for await (const row of readChain(asSql(sealer), this.organisation)) verifier.next(row)
      return verifier.finish()
    })
  }

  /** Runs statements as a superuser with every trigger off. `$1` is the organisation. */
  async tamper(...statements: string[]) {
    const admin = await this.admin()
    let changed = 0
    await admin.query('begin')
    await admin.query(TRIGGERS_OFF)
    for (const statement of statements) {
      const { rowCount } = await admin.query(statement, [this.organisation])
      changed += rowCount ?? 0
    }
    await admin.query(TRIGGERS_ON)
    await admin.query('commit')
    return changed
  }

  /** Leaves no trail of this organisation, possibly tampered with, to other tests. */
  async close() {
    await this.tamper(
      ...TABLES.map((table) => `delete from audit.${table} where organisation_id = $1`)
    )
    for (const client of this.#clients.values()) await client.end()
    this.#clients.clear()
  }

  async #redact(sql: string, argument: string) {
    const client = await this.privacy()
    return this.bound(client, async () => {
      const { rows } = await client.query(sql, [argument, randomUUID()])
      return Number(rows[0].count)
    })
  }

  async #client(variable: string) {
    const known = this.#clients.get(variable)
    if (known) return known
    const client = await connect(variable)
    this.#clients.set(variable, client)
    return client
  }
}

const TABLES = ['events', 'event_values', 'seals', 'checkpoints']

const TRIGGERS_OFF = TABLES.map((table) => `alter table audit.${table} disable trigger all;`).join(
  ''
)

const TRIGGERS_ON = TABLES.map(
  (table) => `
    alter table audit.${table} enable trigger all;
    alter table audit.${table} enable always trigger append_only;
    alter table audit.${table} enable always trigger no_truncate;`
).join('')

/** A connection of one of the launcher's roles. Fails, rather than skips, without its URL. */
export async function connect(variable: string) {
  const url = process.env[variable]
  if (!url) throw new Error(`${variable} is not set: run the tests with npm test`)
  const client = new pg.Client(inTestDatabase(url))
  await client.connect()
  return client
}

/** The administrator's URL may name a maintenance database. */
function inTestDatabase(url: string) {
  const address = new URL(url)
  address.pathname = new URL(process.env.DATABASE_URL!).pathname
  return address.href
}

/** Appends one event in the transaction under way; returns its id. */
export async function appendTo(client: pg.Client, event: Event = {}): Promise<string> {
  const { rows } = await client.query(
    'select audit.append($1, $2, $3, $4, $5, $6, $7, $8, $9) as id',
    [
      event.project ?? null,
      'member',
      randomUUID(),
      event.action ?? 'raid_item.updated',
      'raid_item',
      randomUUID(),
      'request-1',
      event.facts ?? { ref: 'ATLAS-R1' },
      event.values ?? { title: { v: { before: 'Late pump', after: 'Later pump' } } },
    ]
  )
  return rows[0].id
}

/** A pg client in the form of a Lucid one. */
export function asSql(client: pg.Client): Transactional {
  const sql: Transactional = {
    rawQuery(text: string, bindings: unknown[] = []) {
      let index = 0
      return client.query(
        text.replace(/\?/g, () => `$${++index}`),
        bindings
      )
    },
    async transaction(work) {
      await client.query('begin')
      try {
        const result = await work(sql)
        await client.query('commit')
        return result
      } catch (error) {
        await client.query('rollback')
        throw error
      }
    },
  }
  return sql
}
