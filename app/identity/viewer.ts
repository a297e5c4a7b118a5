import {
  allows,
  isReading,
  organisationRoles,
  type Ability,
  type ProjectRole,
  type Role,
} from '#policies/permissions'
import type { Entry, OrganisationRole } from '#tenancy/entry'

/** A project as far as permissions care: loading one also loads the viewer's roles in it. */
export type RoledProject = { viewerRoles: ProjectRole[] }

/** The signed-in person at work in one organisation. */
export class Viewer {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly membershipId: string
  readonly role: OrganisationRole
  readonly platformRole: Entry['platformRole']
  readonly timeZone: Entry['timeZone']
  readonly theme: Entry['theme']
  readonly organisation: Entry['organisation']
  readonly organisations: Entry['organisations']
  /** Set for platform staff, who may read for a limited time. */
  readonly access: Entry['access']

  constructor(entry: Entry) {
    this.userId = entry.id
    this.name = entry.name
    this.email = entry.email
    this.membershipId = entry.membership.id
    this.role = entry.membership.role
    this.platformRole = entry.platformRole
    this.timeZone = entry.timeZone
    this.theme = entry.theme
    this.organisation = entry.organisation
    this.organisations = entry.organisations
    this.access = entry.access
  }

  /** The roles that count: those in the organisation and, inside a project, those in the project as well. */
  roles(project?: RoledProject | null): Role[] {
    return project ? [this.role, ...project.viewerRoles] : [this.role]
  }

  /** Platform staff who look in can read, and do nothing else. */
  can(ability: Ability, project?: RoledProject | null) {
    if (this.access && !isReading(ability)) return false
    return allows(ability, this.roles(project))
  }

  /** The role in the organisation, in words. */
  get roleLabel() {
    return organisationRoles[this.role]
  }

  /** True for the roles that read every project of the organisation. */
  get seesEveryProject() {
    return this.role !== 'member'
  }
}
