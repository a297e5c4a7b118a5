import { BackupProblem } from '#backups/manifest'

type Settings = Record<string, string | undefined>

/** The database that the settings name, and the passwords of its roles. */
type NewDatabase = { database: string; passwords: Record<string, string> }

/**
 * What the application's four URLs say about its database. `roles` are the roles by setting. Throws BackupProblem when
 * they do not match each other or the administrator's server.
 */
export function newDatabaseOf(
  settings: Settings,
  administrator: string,
  roles: Record<string, string>
): NewDatabase {
  const urls = Object.entries(roles).map(([setting, role]) => {
    const url = new URL(
      settings[setting] ?? refuse(`${setting} is not set: it signs in as ${role}`)
    )
    return { setting, role, url, user: decodeURIComponent(url.username) }
  })
  const [first] = urls
  const { host } = new URL(administrator)
  for (const { setting, role, url, user } of urls) {
    if (user !== role) refuse(`${setting} signs in as "${user}": it has to be ${role}`)
    if (!url.password) refuse(`${setting} has no password for ${role}`)
    if (url.host !== host) refuse(`${setting} and DATABASE_ADMIN_URL name different servers`)
    if (url.pathname !== first.url.pathname) refuse(`${setting} names another database`)
  }
  const database = decodeURIComponent(first.url.pathname.slice(1))
  if (!database) refuse('DATABASE_URL names no database')
  return {
    database,
    passwords: Object.fromEntries(
      urls.map(({ role, url }) => [role, decodeURIComponent(url.password)])
    ),
  }
}

function refuse(problem: string): never {
  throw new BackupProblem(problem)
}
