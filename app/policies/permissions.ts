import type { OrganisationRole } from '#tenancy/entry'

export type ProjectRole = 'manager' | 'sponsor' | 'gate_decider' | 'team' | 'viewer'
export type Role = OrganisationRole | ProjectRole

export const organisationRoles: Record<OrganisationRole, string> = {
  owner: 'Organisation owner',
  admin: 'Organisation admin',
  pmo: 'PMO',
  auditor: 'Auditor',
  member: 'Member',
}

export const projectRoles: Record<ProjectRole, string> = {
  manager: 'Project manager',
  sponsor: 'Sponsor',
  gate_decider: 'Gate decider',
  team: 'Team member',
  viewer: 'Viewer',
}

const everyone: Role[] = ['owner', 'admin', 'pmo', 'auditor', 'member']
const readers: Role[] = [
  'owner',
  'admin',
  'pmo',
  'auditor',
  'manager',
  'sponsor',
  'gate_decider',
  'team',
  'viewer',
]

/**
 * Who may do what. A role that is not listed may not. Project roles count only inside their project; abilities that end
 * in `.own` cover only what the person owns or raised, which the policy checks.
 */
export const permissions = {
  'organisation.enter': everyone,
  'organisation.leave': everyone,
  'organisation.update': ['owner', 'admin'],
  'organisation.transfer': ['owner'],
  'integration.manage': ['owner', 'admin'],
  'governance.read': ['owner', 'admin', 'pmo', 'auditor'],
  'governance.manage': ['owner', 'admin', 'pmo'],
  'permissions.read': ['owner'],
  'member.read': ['owner', 'admin', 'auditor'],
  'member.manage': ['owner', 'admin'],
  'external.manage': ['owner', 'admin'],
  'project_member.read': readers,
  'project_member.manage': ['owner', 'admin', 'manager'],
  'project.create': ['owner', 'admin', 'pmo'],
  'project.request': everyone,
  'programme.read': everyone,
  'programme.manage': ['owner', 'admin', 'pmo'],
  'project.read': readers,
  'project.export': ['owner', 'admin', 'pmo', 'manager'],
  'project.update': ['pmo', 'manager'],
  'confidence.give': ['pmo', 'auditor'],
  'gate.read': readers,
  'gate.update': ['pmo', 'manager'],
  'gate.assess.own': readers,
  'gate.consent': ['sponsor', 'gate_decider'],
  'raid.read': readers,
  'raid.raise': ['pmo', 'manager', 'team'],
  'raid.update': ['pmo', 'manager'],
  'raid.update.own': ['pmo', 'manager', 'team'],
  'raid.accept': ['sponsor'],
  'raid.escalation.answer': ['pmo'],
  'raid.comment': ['pmo', 'manager', 'sponsor', 'gate_decider', 'team'],
  'raid.import': ['pmo', 'manager'],
  'raid.read.leads': ['owner', 'admin', 'pmo', 'auditor', 'manager', 'sponsor'],
  'raid.export': readers,
  'task.read': readers,
  'task.export': readers,
  'task.create': ['pmo', 'manager', 'team'],
  'task.update': ['pmo', 'manager'],
  'task.update.own': ['pmo', 'manager', 'team'],
  'task.move.own': readers,
  'task.comment': ['pmo', 'manager', 'sponsor', 'gate_decider', 'team'],
  'assistant.ask': readers,
  'gate.board.set': ['owner', 'admin', 'pmo'],
  'gate.decide': ['sponsor', 'gate_decider'],
  'gate.submit': ['pmo', 'manager'],
  'gate.withdraw': ['pmo'],
  'gate.condition.claim': ['pmo', 'manager', 'sponsor', 'gate_decider', 'team'],
  'gate.condition.verify': ['pmo', 'sponsor', 'gate_decider'],
  'gate.condition.verify.any': ['pmo'],
  'report.read': readers,
  'report.read.drafts': ['owner', 'admin', 'pmo', 'auditor', 'manager', 'sponsor'],
  'report.write': ['pmo', 'manager'],
  'report.return': ['pmo', 'manager', 'sponsor'],
  'report.publish': ['pmo', 'manager', 'sponsor'],
  'report.publish.any': ['pmo', 'sponsor'],
  'report.subscribe': readers,
  'report.subscribe.others': ['pmo'],
  'audit.read': ['owner', 'admin', 'auditor', 'pmo', 'manager'],
  'audit.read.organisation': ['owner', 'admin', 'auditor'],
  'mail.read': ['owner', 'admin'],
  'privacy_request.read': ['owner', 'admin', 'auditor'],
  'audit.export': ['owner', 'admin', 'auditor', 'pmo'],
} satisfies Record<string, Role[]>

export type Ability = keyof typeof permissions

const READING = /\.(?:enter|read)(?:\.|$)/

/** True of abilities that change nothing and export nothing. */
export function isReading(ability: Ability) {
  return READING.test(ability)
}

/** True when any of the roles has the ability. */
export function allows(ability: Ability, roles: Iterable<Role>) {
  const allowed: Role[] = permissions[ability]
  for (const role of roles) if (allowed.includes(role)) return true
  return false
}
