/** The roles that log in, by the environment variable that carries each one's URL. */
export const LOGINS = {
  DATABASE_URL: 'orch_app',
  DATABASE_OWNER_URL: 'orch_owner',
  DATABASE_SEALER_URL: 'orch_sealer',
  DATABASE_PRIVACY_URL: 'orch_privacy',
}

export const OWNER = LOGINS.DATABASE_OWNER_URL

/** Owns a few narrow functions that look across organisations; no one signs in as it. */
export const DIRECTORY = 'orch_directory'

/** Owns what the back office reads across organisations: it may only read, and no column with content. */
export const OFFICE = 'orch_office'

/** The four URLs of a provisioned database. */
export function urlsOf(url, database, passwords) {
  return Object.fromEntries(
    Object.entries(LOGINS).map(([variable, role]) => [
      variable,
      signedInAs(withDatabase(url, database), role, passwords[role]),
    ])
  )
}

/** The same server and settings, another database. */
export function withDatabase(url, database) {
  const target = new URL(url)
  target.pathname = `/${encodeURIComponent(database)}`
  return target.href
}

/** The same database, another role. */
export function signedInAs(url, role, password) {
  const target = new URL(url)
  target.username = role
  target.password = password
  return target.href
}
