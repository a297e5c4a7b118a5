import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { defineConfig } from '@adonisjs/lucid'
import type { PostgreConfig } from '@adonisjs/lucid/types/database'
import type pg from 'pg'
import { sendTogether } from '#tenancy/sending'

const appUrl = env.get('DATABASE_URL')
const replicaUrl = env.get('DATABASE_REPLICA_URL')

/**
 * How long a migration waits for a lock, in milliseconds. Everything after it queues behind it, so it gives up before
 * people notice; the release fails, and is tried again.
 */
const LOCK_PATIENCE = 5_000

/** After this long a person is told that we are too busy; jobs and commands can wait longer. */
const PATIENCE = app.getEnvironment() === 'web' ? 10_000 : 60_000

/** `app` serves requests and jobs and is bound by row level security; the others each do one narrow thing. */
export default defineConfig({
  connection: 'app',
  prettyPrintDebugQueries: false,
  connections: {
    app: connection(appUrl, env.get('DATABASE_POOL_MAX', 10)),
    owner: connection(env.get('DATABASE_OWNER_URL', appUrl), 2, { lock_timeout: LOCK_PATIENCE }),
    sealer: connection(env.get('DATABASE_SEALER_URL', appUrl), 2),
    privacy: connection(env.get('DATABASE_PRIVACY_URL', appUrl), 2),
    ...(replicaUrl ? { replica: replicaConnection(replicaUrl) } : {}),
  },
})

/** A standby that does not answer must not hold anyone up: the primary serves instead. */
export function replicaConnection(url: string) {
  return connection(url, env.get('DATABASE_POOL_MAX', 10), { connectionTimeoutMillis: 1_000 })
}

function connection(connectionString: string, max: number, more: object = {}): PostgreConfig {
  return {
    client: 'pg',
    connection: {
      connectionString,
      application_name: `orchestrate-${app.getEnvironment()}`,
      /** Independent queries are sent together. */
      pipeline: true,
      ...more,
    } as any,
    pool: { min: 0, max, acquireTimeoutMillis: PATIENCE, afterCreate },
    migrations: {
      naturalSort: true,
      paths: ['database/migrations'],
      disableRollbacksInProduction: true,
    },
    schemaGeneration: { enabled: false },
  }
}

function afterCreate(client: pg.Client, done: (error: unknown, client: pg.Client) => void) {
  sendTogether(client)
  done(null, client)
}
