import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { read } from '#tenancy/sql'

export type ActorKind = 'member' | 'external' | 'staff' | 'system' | 'ai' | 'visitor' | 'service'

/** Who asks, and in which organisation. `userId` is null for jobs and commands. */
export type Tenant = {
  organisationId: string
  userId: string | null
  requestId: string | null
  actorKind?: ActorKind
  /** The person outside who acts, by the id of their record. */
  externalId?: string | null
  /** The token by which a program asks, on a member's behalf or as a service. */
  tokenId?: string | null
  /** The zone of a reader who is no member there. */
  timeZone?: string | null
  /** Goes on in an organisation that is suspended, where everything else is refused. */
  evenSuspended?: boolean
  /** Asked for together with who comes in: throws where this is not to be done, since it was done before. */
  claim?: (trx: TransactionClientContract, organisationId: string) => Promise<void>
}

/** What `directory.enter` tells of an active member; null for anyone else and for jobs. */
export type Entry = {
  id: string
  name: string
  email: string
  platformRole: 'admin' | null
  /** The zone in which this person reads moments; null means the organisation's. */
  timeZone: string | null
  /** Null: as the system has it. */
  theme: 'light' | 'dark' | null
  /** Of the account, so that an edit of it is not lost to another one. */
  lockVersion: number
  organisations: { id: string; name: string }[]
  /** What the platform has to tell this person at the moment. */
  alerts: Alert[]
  membership: { id: string; role: OrganisationRole }
  organisation: { id: string; name: string }
  /** By what somebody is let in who is no member: staff of the platform, to read, until it expires. */
  access?: StaffAccess
}

type StaffAccess = { id: string; expiresAt: string; reason: string }

export type Alert = {
  id: string
  kind: 'notice' | 'maintenance' | 'incident'
  body: string
  /** The only organisation that it concerns; null for everyone. */
  targetId: string | null
  endsAt: string
}

export type OrganisationRole = 'owner' | 'admin' | 'pmo' | 'auditor' | 'member'

/** What the organisation chose and nearly every page needs: it is told together with the entry. */
export type Settings = {
  timeZone: string
  /** Since when the platform has it rest; null for one at work. */
  suspendedAt: string | null
  scoring: ScoringSettings | null
  /** In the organisation's order, those that are no longer offered included. */
  categories: Category[] | null
}

export type Category = { key: string; name: string; isRetired: boolean }

export type ScoringSettings = {
  mediumFrom: number
  highFrom: number
  severeFrom: number
  appetite: number
  /** What the five stops are called, the lowest first. */
  likelihood: string[]
  impact: string[]
}

/** What holds outside any organisation, and in one that is only now being founded. */
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

/** The platform has this organisation rest: nobody works in it until it is resumed. */
export class OrganisationSuspended extends Error {
  readonly code = 'E_ORGANISATION_SUSPENDED'
  readonly status = 403

  constructor(
    readonly organisationId: string,
    /** The member who came; null for whoever came by a link or an address. */
    readonly userId: string | null
  ) {
    super('The organisation is suspended')
  }
}

/** A stranger is told no more of a suspended organisation than of any other. */
export function refuseSuspended(tenant: Tenant, { entry, settings }: Entered) {
  if (!settings.suspendedAt || tenant.evenSuspended) return
  if (tenant.userId && !entry) return
  throw new OrganisationSuspended(tenant.organisationId, tenant.userId)
}
