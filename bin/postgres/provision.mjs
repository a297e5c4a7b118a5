import { Failure } from '../support/failure.mjs'
import { connected, signsIn } from './connection.mjs'
import { DIRECTORY, LOGINS, OFFICE, OWNER, signedInAs, urlsOf, withDatabase } from './roles.mjs'
import { scramVerifier } from './scram.mjs'

const OLDEST = 150000
const GRANTS_WITH_OPTIONS = 160000
const FORBIDDEN = '42501'
export const EXTENSIONS = ['pgcrypto', 'citext', 'pg_trgm', 'btree_gin', 'unaccent']

/**
 * Creates the roles, the database and its extensions, and changes nothing that is as it should
 * be. The administrator needs to be a superuser or to have CREATEROLE and CREATEDB, which is
 * what managed services hand out.
 *
 * @param {object} options
 * @param {string} options.url the administrator's connection
 * @param {string} options.database the database's name
 * @param {Record<string, string>} options.passwords by role
 * @param {boolean} [options.replace] drops an existing database of that name first
 * @param {string} [options.setting] which setting the administrator's connection comes from
 * @returns {Promise<Record<string, string>>} the URLs by environment variable
 */
export async function provision({
  url,
  database,
  passwords,
  replace = false,
  setting = 'DATABASE_URL',
}) {
  try {
    const version = await connected(url, (admin) =>
      prepareServer(admin, { url, database, passwords, replace, setting })
    )
    await connected(withDatabase(url, database), (admin) =>
      prepareDatabase(admin, database, version)
    )
  } catch (error) {
    throw error.code === FORBIDDEN ? forbidden(error, setting) : error
  }
  return urlsOf(url, database, passwords)
}

async function prepareServer(admin, { url, database, passwords, replace, setting }) {
  const version = await requireVersion(admin, setting)
  const self = await requireRights(admin, setting)
  for (const role of Object.values(LOGINS)) {
    await ensureLogin(admin, { role, url, database, passwords })
  }
  for (const role of [DIRECTORY, OFFICE]) await ensureActedAs(admin, role, version)
  await ensureMayActAsOwner(admin, self, version)
  await ensureDatabase(admin, { url, database, replace })
  return version
}

async function requireVersion(admin, setting) {
  const { rows } = await admin.query(`select current_setting('server_version_num')::int as version`)
  const { version } = rows[0]
  if (version >= OLDEST) return version
  throw new Failure(
    `Orchestrate needs PostgreSQL 15 or newer; the server of ${setting} runs version ` +
      `${Math.floor(version / 10000)}.`
  )
}

async function requireRights(admin, setting) {
  const { rows } = await admin.query(
    `select rolname as name, rolsuper as superuser, rolcreaterole and rolcreatedb as enough
       from pg_roles where rolname = current_user`
  )
  const self = rows[0]
  if (self.superuser || self.enough) return self
  throw new Failure(
    `${setting} signs in as "${self.name}", who may not create roles and databases.\n` +
      `Let an administrator run:  alter role ${quoted(self.name)} createrole createdb\n` +
      `or set up the roles by hand and set ${Object.keys(LOGINS).join(', ')}.`
  )
}

/** Roles are shared by all databases of a server, so a password is changed only with care. */
async function ensureLogin(admin, { role, url, database, passwords }) {
  const exists = await roleExists(admin, role)
  if (exists && (await signsIn(signedInAs(url, role, passwords[role])))) return

  if (exists) await requireSoleUse(admin, role, database)
  const verb = exists ? 'alter' : 'create'
  await admin.query(`${verb} role ${role} with login password '${scramVerifier(passwords[role])}'`)
}

async function roleExists(admin, role) {
  const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [role])
  return rowCount > 0
}

async function requireSoleUse(admin, role, database) {
  const { rows } = await admin.query(
    `select datname as name from pg_database
      where datdba = (select oid from pg_roles where rolname = $1) and datname <> $2`,
    [OWNER, database]
  )
  if (rows.length === 0) return
  throw new Failure(
    `The role ${role} exists on this server and serves the database "${rows[0].name}" too, but ` +
      'its password is not known here.\nUse another server, or set ' +
      `${Object.keys(LOGINS).join(', ')} with the passwords in use.`
  )
}

/** The owner may hand functions to such a role and act as it; no one signs in as it. */
async function ensureActedAs(admin, role, version) {
  if (!(await roleExists(admin, role))) await admin.query(`create role ${role} with nologin`)
  const options = version < GRANTS_WITH_OPTIONS ? '' : 'with inherit false, set true'
  await grantUnlessMember(admin, role, OWNER, options)
}

/** A superuser may act as anyone; others create the owner but are not yet allowed to act as it. */
async function ensureMayActAsOwner(admin, self, version) {
  if (self.superuser) return
  const options = version < GRANTS_WITH_OPTIONS ? '' : 'with inherit true, set true'
  await grantUnlessMember(admin, OWNER, quoted(self.name), options)
}

async function grantUnlessMember(admin, role, member, options = '') {
  const { rows } = await admin.query(`select pg_has_role($1, $2, $3) as already`, [
    member.replace(/^"|"$/g, '').replaceAll('""', '"'),
    role,
    options ? 'SET' : 'MEMBER',
  ])
  if (!rows[0].already) await admin.query(`grant ${role} to ${member} ${options}`)
}

async function ensureDatabase(admin, { url, database, replace }) {
  const name = quoted(database)
  if (replace) await admin.query(`drop database if exists ${name} with (force)`)

  const { rows } = await admin.query(
    'select pg_get_userbyid(datdba) as owner from pg_database where datname = $1',
    [database]
  )
  if (rows.length === 0) {
    await admin.query(`create database ${name} owner ${OWNER} template template0 encoding 'UTF8'`)
  } else if (rows[0].owner !== OWNER) {
    await requireEmpty(url, database)
    await admin.query(`alter database ${name} owner to ${OWNER}`)
  }
}

async function requireEmpty(url, database) {
  const { rowCount } = await connected(withDatabase(url, database), (admin) =>
    admin.query(
      `select from pg_class where relkind in ('r', 'p')
          and relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
          and relnamespace::regnamespace::text not like 'pg\\_toast%' limit 1`
    )
  )
  if (rowCount === 0) return
  throw new Failure(
    `The database "${database}" has tables and does not belong to Orchestrate; name another one.`
  )
}

/** Done as the owner, so that it owns everything. */
async function prepareDatabase(admin, database, version) {
  await inherit(admin, version, true)
  await admin.query(`set role ${OWNER}`)
  await ensurePrivileges(admin, quoted(database))
  for (const extension of EXTENSIONS) await ensureExtension(admin, extension)
  await admin.query('reset role')
  await inherit(admin, version, false)
}

async function ensurePrivileges(admin, database) {
  const logins = Object.values(LOGINS).join(', ')
  await grantEntry(admin, database)
  await admin.query(`alter schema public owner to ${OWNER}`)
  await admin.query(`revoke create on schema public from public, ${DIRECTORY}, ${OFFICE}`)
  await admin.query(`grant usage on schema public to ${logins}`)
  await admin.query(`grant usage on schema public to ${DIRECTORY}, ${OFFICE}`)
}

/** Lets only our roles in; a copy of a database does not inherit that. */
export async function grantEntry(admin, database) {
  await admin.query(`revoke all on database ${database} from public`)
  await admin.query(`grant connect on database ${database} to ${Object.values(LOGINS).join(', ')}`)
}

/**
 * The owner must not inherit from these roles, else policies written for them would let it read
 * every organisation. Before version 16 inheritance is all or nothing for a role, and
 * taking over the public schema needs what a database's owner inherits.
 */
async function inherit(admin, version, wanted) {
  if (version >= GRANTS_WITH_OPTIONS) return
  await admin.query(`alter role ${OWNER} with ${wanted ? 'inherit' : 'noinherit'}`)
}

async function ensureExtension(admin, extension) {
  const { rowCount } = await admin.query('select from pg_available_extensions where name = $1', [
    extension,
  ])
  if (rowCount === 0) {
    throw new Failure(
      `The extension ${extension} is not installed on the PostgreSQL server; ` +
        'it comes with the package postgresql-contrib.'
    )
  }
  await admin.query(`create extension if not exists ${extension} with schema public`)
}

function forbidden(error, setting) {
  return new Failure(
    `PostgreSQL refuses to let the user of ${setting} prepare the database: ${error.message}.\n` +
      'Use the administrator who created the roles orch_*, or a superuser.'
  )
}

export function quoted(name) {
  return `"${name.replaceAll('"', '""')}"`
}
