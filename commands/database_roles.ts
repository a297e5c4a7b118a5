import type { CommandOptions } from '@adonisjs/core/types/ace'
import { Command } from '#commands/_command'

/** An empty database with its roles, for a new installation or a restore. */
export default class DatabaseRoles extends Command {
  static commandName = 'database:roles'
  static description = 'Create the roles of PostgreSQL, the empty database and its extensions'
  static help = [
    'Creates what DATABASE_URL and its three companions name, with their passwords, and changes nothing that is',
    'already right. DATABASE_ADMIN_URL is an administrator of the server: a superuser, or CREATEROLE and',
    'CREATEDB. Then migrate: node ace.js migration:run --force --connection=owner.',
  ].join(' ')
  static options: CommandOptions = { startApp: true }

  async run() {
    const { default: env } = await import('#start/env')
    const { BackupProblem } = await import('#backups/manifest')
    const { newDatabaseOf } = await import('#backups/roles')
    const { provision } = (await import('../bin/postgres/provision.mjs' as string)) as Provision
    const { LOGINS } = (await import('../bin/postgres/roles.mjs' as string)) as Roles
    const url = env.get('DATABASE_ADMIN_URL')
    if (!url) return this.refuse('Say who may create roles: DATABASE_ADMIN_URL, an administrator')
    try {
      const made = newDatabaseOf(process.env, url, LOGINS)
      await provision({ url, ...made, setting: 'DATABASE_ADMIN_URL' })
      this.logger.success(`The roles and the database ${made.database} are there; migrate it next`)
    } catch (error: any) {
      if (!(error instanceof BackupProblem) && !error.hint) throw error
      this.refuse(error.message)
    }
  }
}

type Roles = { LOGINS: Record<string, string> }

type Provision = {
  provision(options: {
    url: string
    database: string
    passwords: Record<string, string>
    setting: string
  }): Promise<unknown>
}
