import type { OrganisationRole } from '#tenancy/entry'

/** One person of the demo organisation. The names are invented and say what each may do. */
export type DemoPerson = {
  key: string
  name: string
  email: string
  /** What they are, in words for the sign-in page. */
  title: string
  /** Their role in the demo organisation; null for those outside it. */
  role: OrganisationRole | null
  platformRole?: 'admin'
  /** Their role in the second demo organisation, for the one who belongs to both. */
  secondRole?: OrganisationRole
}

/** Everyone the demo seeder creates and the local identity provider offers for signing in. */
export const demoPeople: DemoPerson[] = [
  person('owner', 'Olive Owner', 'Organisation owner', 'owner'),
  person('admin', 'Alder Admin', 'Organisation admin', 'admin'),
  person('pmo', 'Poppy Office', 'PMO', 'pmo'),
  person('auditor', 'Aspen Auditor', 'Auditor', 'auditor'),
  person('manager', 'Maple Manager', 'Project manager', 'member'),
  person('second_manager', 'Myrtle Manager', 'Project manager', 'member'),
  person('sponsor', 'Saffron Sponsor', 'Sponsor', 'member'),
  person('gate_decider', 'Garnet Gate', 'Gate decider', 'member'),
  person('team', 'Teal Team', 'Team member', 'member'),
  person('viewer', 'Violet Viewer', 'Viewer', 'member'),
  { ...person('both', 'Birch Both', 'Member of two organisations', 'member'), secondRole: 'pmo' },
  { ...person('platform', 'Pine Platform', 'Platform admin', null), platformRole: 'admin' },
]

function person(key: string, name: string, title: string, role: DemoPerson['role']): DemoPerson {
  return { key, name, email: `${key.replace('_', '-')}@demo.example`, title, role }
}
