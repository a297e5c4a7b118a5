import pg from 'pg'
import { Failure } from '../support/failure.mjs'

const WRONG_PASSWORD = '28P01'
const NO_LOGIN = '28000'
const NO_DATABASE = '3D000'

/** Runs the work on its own connection. */
export async function connected(url, work) {
  const client = await connect(url).catch((error) => {
    const reason = error.message || error.errors?.[0]?.message || error.code
    throw Object.assign(new Failure(`PostgreSQL at ${place(url)} cannot be used: ${reason}`), {
      code: error.code,
    })
  })
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Whether the server accepts the role and password of the URL. */
export async function signsIn(url) {
  try {
    const client = await connect(url)
    await client.end()
    return true
  } catch (error) {
    if ([WRONG_PASSWORD, NO_LOGIN].includes(error.code)) return false
    return true
  }
}

/** Whether the failure says that the database does not exist. */
export function isMissingDatabase(error) {
  return error.code === NO_DATABASE
}

async function connect(url) {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'orchestrate-provision',
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => {})
  await client.connect()
  return client
}

/** Where a URL points, without its password. */
function place(url) {
  const { host, pathname } = new URL(url)
  return host + pathname
}
