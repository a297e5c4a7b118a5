import { connected } from './connection.mjs'
import { grantEntry, quoted } from './provision.mjs'
import { OWNER } from './roles.mjs'

/** Replaces a database with a copy of another one, to which no one may be connected meanwhile. */
export async function copyDatabase({ admin, from, to }) {
  await connected(admin, async (client) => {
    await client.query(`drop database if exists ${quoted(to)} with (force)`)
    await client.query(`create database ${quoted(to)} owner ${OWNER} template ${quoted(from)}`)
    await grantEntry(client, quoted(to))
  })
}
