/** What a token can be allowed to do, in the words of the forms. */
export const scopes = {
  'projects:read': 'Read projects and who works on them',
  'projects:write': 'Create and change projects',
  'raid:read': 'Read RAID entries',
  'raid:write': 'Raise RAID entries and change them',
  'tasks:read': 'Read tasks',
  'tasks:write': 'Add tasks and change them',
  'gates:read': 'Read gates, their readiness and the conditions of approvals',
  'reports:read': 'Read status reports',
  'reports:write': 'Begin status reports and write their drafts',
  'members:read': 'Read the members of the organisation',
  'audit:read': 'Read the audit trail',
} as const

export type Scope = keyof typeof scopes

export const scopeNames = Object.keys(scopes) as Scope[]

/** A report has an author, which a service is not. */
export const serviceScopes = scopeNames.filter((scope) => scope !== 'reports:write')

/** The roles a service can have: never owner or admin, who are answerable for it. */
export const serviceRoles = {
  auditor: 'Reads every project and the audit trail, changes nothing',
  pmo: 'Reads and changes every project, as the PMO does',
} as const

export type ServiceRole = keyof typeof serviceRoles

/** For how many days a token can work. */
export const lifetimes = [7, 30, 90, 180, 365] as const
