import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** What the database knows about the state of the installation. Moments are ISO texts. */
export type Health = {
  /** Of PostgreSQL. */
  database: string
  /** In bytes. */
  size: number
  /** Names of the migrations that ran. */
  migrations: string[]
  workerSeenAt: string | null
  signedInAt: string | null
  mailSentAt: string | null
  mailFailedAt: string | null
  /** Counted up to 1001. */
  mailsWaiting: number
  askedAt: string | null
  askedStatus: string | null
  filesWaiting: number
  fileWaitsSince: string | null
}

/** The state of the installation, as far as its database knows. */
export async function health(): Promise<Health> {
  const [{ found, size }] = await sql(
    Tenancy.current().trx,
    'select office.health() as found, pg_database_size(current_database())::float8 as size'
  )
  return { ...found, size }
}
