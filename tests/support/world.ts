import { randomUUID } from 'node:crypto'
import Tokens from 'csrf'
import db from '@adonisjs/lucid/services/db'
import { v7 as uuidv7 } from 'uuid'
import { USER_KEY, hash } from '#identity/session_store'
import { Viewer } from '#identity/viewer'
import Membership from '#models/membership'
import Organisation from '#models/organisation'
import Project from '#models/project'
import ProjectMember from '#models/project_member'
import type { Role } from '#policies/permissions'
import type { OrganisationRole } from '#tenancy/entry'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'

/** One member of a test organisation, able to sign in. */
export type Person = {
  userId: string
  membershipId: string
  organisationId: string
  name: string
  email: string
}

type PersonRole = Role | 'stranger'

const ORGANISATION_ROLES = ['owner', 'admin', 'pmo', 'auditor', 'member']

/**
 * A fresh organisation, so that tests share no rows and need no clean-up. `manager`, `sponsor` and the
 * other project roles are ordinary members until `project` gives them their role.
 */
export class World {
  readonly organisationId = uuidv7()
  readonly people = new Map<string, Person>()

  static async create(name = 'Testing Ltd') {
    const world = new World()
    await world.inside(() => Organisation.found(name))
    return world
  }

  /** Runs work in this organisation, as the system or as a person. */
  inside<T>(work: () => Promise<T>, person?: Person): Promise<T> {
    const tenant = { organisationId: this.organisationId, requestId: randomUUID() }
    return Tenancy.run({ ...tenant, userId: person?.userId ?? null }, work)
  }

  /** The member with this role, created at the first call. */
  async person(role: PersonRole): Promise<Person> {
    const [person] = await this.members([role])
    return person
  }

  /** The members with these roles, created at the first call: many at once cost little more than one. */
  async members(roles: readonly PersonRole[]): Promise<Person[]> {
    const missing = roles.filter((role) => !this.people.has(role))
    if (missing.length > 0) {
      const accounts = await registerAll(missing)
      const people = await this.inside(async () => {
        const admitted: Person[] = []
        for (const [n, role] of missing.entries())
          admitted.push(await this.#admit(accounts[n], role))
        return admitted
      })
      for (const [n, role] of missing.entries()) this.people.set(role, people[n])
    }
    return roles.map((role) => this.people.get(role)!)
  }

  /** Makes an account a member. */
  join(account: Account, role: PersonRole = 'member'): Promise<Person> {
    return this.inside(() => this.#admit(account, role))
  }

  async #admit(account: Account, role: PersonRole): Promise<Person> {
    const organisationRole = ORGANISATION_ROLES.includes(role) ? role : 'member'
    const membership = await Membership.create({
      userId: account.userId,
      role: organisationRole as OrganisationRole,
      status: 'active',
    })
    return { ...account, membershipId: membership.id, organisationId: this.organisationId }
  }

  /** A project with a manager, a sponsor, a gate decider, a team member and a viewer. */
  async project(attributes: Partial<Project> = {}): Promise<Project> {
    const given = ['gate_decider', 'team', 'viewer'] as const
    const [manager, sponsor, ...rest] = await this.members(['manager', 'sponsor', ...given])
    const others = given.map((role, index) => ({ role, membershipId: rest[index].membershipId }))
    return this.inside(async () => {
      const project = await Project.begin({
        code: `T${Math.random().toString(36).slice(2, 9).toUpperCase()}`,
        name: 'Testing project',
        status: 'active',
        managerId: manager.membershipId,
        sponsorId: sponsor.membershipId,
        ...attributes,
      })
      await ProjectMember.createMany(others.map((other) => ({ ...other, projectId: project.id })))
      return project
    })
  }

  /** The rows of a table that belong to this organisation. */
  rows(table: string) {
    return sql<any>(admin(), `select * from ${table} where organisation_id = ? order by id`, [
      this.organisationId,
    ])
  }

  /** The person as the application sees them in this organisation. */
  viewer(person: Person): Promise<Viewer> {
    return Tenancy.run(
      { organisationId: this.organisationId, userId: person.userId, requestId: null },
      async (entry) => new Viewer(entry!)
    )
  }
}

export type Account = Pick<Person, 'userId' | 'name' | 'email'>

/** A new account without any membership. */
export async function register(role: string): Promise<Account> {
  const [account] = await registerAll([role])
  return account
}

async function registerAll(roles: readonly string[]): Promise<Account[]> {
  const people = roles.map((role) => ({
    userId: uuidv7(),
    name: `${role} person`,
    email: `${role}-${randomUUID()}@example.test`,
  }))
  await sql(
    db,
    `select directory.register("userId", email, name)
       from jsonb_to_recordset(?::jsonb) as people("userId" uuid, email text, name text)`,
    [JSON.stringify(people)]
  )
  return people
}

/** A new account that runs the platform and belongs to no organisation. */
export async function registerStaff(): Promise<Account> {
  const account = await register('staff')
  await sql(admin(), `select directory.appoint(?, 'admin')`, [account.userId])
  return account
}

const tokens = new Tokens()

/**
 * A session of this account, as if signed in so many minutes ago. Returns its id and the CSRF token of a form rendered
 * in it.
 */
export async function openSession(account: Account, minutesAgo = 0) {
  const id = randomUUID()
  const secret = randomUUID()
  const data = JSON.stringify({ [USER_KEY]: account.userId, 'csrf-secret': secret })
  await sql(
    db,
    `insert into sessions (id, user_id, data, issued_at, expires_at)
     values (?, ?, ?, now() - make_interval(mins => ?), now() + interval '1 day')`,
    [hash(id), account.userId, data, minutesAgo]
  )
  return { id, token: tokens.create(secret) }
}
