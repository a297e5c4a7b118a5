import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { read } from '#tenancy/sql'

export type ActorKind = 'member' | 'external' | 'staff' | 'system' | 'ai' | 'visitor' | 'service'

/** Who is acting, and in which organisation. `userId` is null for jobs and commands. */
export type Tenant = {
  organisationId: string
  userId: string | null
  requestId: string | null
  actorKind?: ActorKind
  /** The person outside who acts, by the id of their record. */
  externalId?: string | null
  /** The token of a program, acting for a member or as a service. */
  tokenId?: string | null
  /** The time zone of a reader who is not a member there. */
  timeZone?: string | null
  /** Allowed in a suspended organisation, where everything else is refused. */
  evenSuspended?: boolean
  /** Sent together with the entry: throws when this must not be done, because it was done before. */
  claim?: (trx: TransactionClientContract, organisationId: string) => Promise<void>
}

/** What `directory.enter` returns about an active member; null for anyone else and for jobs. */
export type Entry = {
  id: string
  name: string
  email: string
  platformRole: 'admin' | null
  /** This person's time zone; null means the organisation's. */
  timeZone: string | null
  /** Null: as the system has it. */
  theme: 'light' | 'dark' | null
  /** Of the account, so that a concurrent edit of it is noticed. */
  lockVersion: number
  organisations: { id: string; name: string }[]
  /** What the platform has to tell this person now. */
  alerts: Alert[]
  membership: { id: string; role: OrganisationRole }
  organisation: { id: string; name: string }
  /** The permission of someone who is not a member: platform staff, to read, until it expires. */
  access?: StaffAccess
}

type StaffAccess = { id: string; expiresAt: string; reason: string }

export type Alert = {
  id: string
  kind: 'notice' | 'maintenance' | 'incident'
  body: string
  /** The only organisation it is for; null for everyone. */
  targetId: string | null
  endsAt: string
}

export type OrganisationRole = 'owner' | 'admin' | 'pmo' | 'auditor' | 'member'

/** The organisation's settings that nearly every page needs: returned together with the entry. */
export type Settings = {
  timeZone: string
  /** Since when the platform has suspended it; null when active. */
  suspendedAt: string | null
  scoring: ScoringSettings | null
  /** In the organisation's order, including those no longer offered. */
  categories: Category[] | null
}

export type Category = { key: string; name: string; isRetired: boolean }

export type ScoringSettings = {
  mediumFrom: number
  highFrom: number
  severeFrom: number
  appetite: number
  /** The names of the five steps, lowest first. */
  likelihood: string[]
  impact: string[]
}

/** The defaults outside any organisation, and in one that is only now being founded. */
export const UNCHOSEN: Settings = {
  timeZone: 'UTC',
  suspendedAt: null,
  scoring: null,
  categories: null,
}

export type Entered = { entry: Entry | null; settings: Settings }

/** SQL for the member who entered the transaction. The database knows it before our process is answered. */
export const ENTERED_MEMBER = `nullif(current_setting('app.membership_id', true), '')::uuid`

/** The settings come after the entry, which binds the transaction to their organisation. */
export async function enter(client: QueryClientContract, tenant: Tenant): Promise<Entered> {
  const [{ entry, settings }] = await read(
    client,
    'select directory.enter(?, ?, ?) as entry, app_settings() as settings',
    [tenant.organisationId, tenant.userId, tenant.requestId]
  )
  return { entry, settings: settings ?? UNCHOSEN }
}

/** The platform has suspended this organisation: no one can work in it until it is resumed. */
export class OrganisationSuspended extends Error {
  readonly code = 'E_ORGANISATION_SUSPENDED'
  readonly status = 403

  constructor(
    readonly organisationId: string,
    /** The member; null for someone who came by a link or an address. */
    readonly userId: string | null
  ) {
    super('The organisation is suspended')
  }
}

/** A stranger learns no more about a suspended organisation than about any other. */
export function refuseSuspended(tenant: Tenant, { entry, settings }: Entered) {
  if (!settings.suspendedAt || tenant.evenSuspended) return
  if (tenant.userId && !entry) return
  throw new OrganisationSuspended(tenant.organisationId, tenant.userId)
}
