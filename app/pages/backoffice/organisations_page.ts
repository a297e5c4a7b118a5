import { encodeCursor } from '#models/lists/keyset'
import { ownAccess } from '#models/office/accesses'
import {
  listOrganisations,
  officeOrganisation,
  ownersOf,
  standings,
  type ListedOrganisation,
  type OfficeOrganisation,
  type Standing,
} from '#models/office/organisations'
import { ERASURE_DAYS } from '#models/organisation/standing'
import { trailOf } from '#models/office/trails'
import { textOf } from '#models/lists/query_string'
import { MB, sizeInWords } from '#models/text/sizes'
import { trailState } from '#pages/backoffice/seals_page'
import { slugIn } from '#privacy/destruction/organisation'
import { day, iso, lately, moment } from '#registries/formats'
import { pounds } from '#registries/money'

const HOME = '/admin/organisations'

/** The state of `pages/backoffice/organisations/index`. */
export async function organisationListState(query: Record<string, unknown>) {
  const words = textOf(query, 'q')
  const shown = standingIn(textOf(query, 'show'))
  const after = textOf(query, 'after')
  const { rows, next, previous } = await listOrganisations(words, shown, after)
  const address = (standing: Standing, more: Record<string, string> = {}) => {
    const parts = {
      ...(words ? { q: words } : {}),
      ...(standing === 'all' ? {} : { show: standing }),
    }
    const text = String(new URLSearchParams({ ...parts, ...more }))
    return text ? `${HOME}?${text}` : HOME
  }
  return {
    words,
    show: shown === 'all' ? {} : { show: shown },
    tabs: Object.entries(standings).map(([standing, label]) => ({
      label,
      href: address(standing as Standing),
      current: standing === shown,
    })),
    organisations: rows.map(listed),
    clear: words ? address(shown).replace(/[?&]q=[^&]*/, '') : null,
    newest: previous ? address(shown) : null,
    next: next && address(shown, { after: encodeCursor(next) }),
  }
}

function listed(row: ListedOrganisation) {
  return {
    id: row.id,
    name: row.name,
    members: row.members,
    projects: row.projects,
    storage: sizeInWords(row.storage),
    state: stateOf(row.suspended_at, row.erase_at),
    at: iso(row.created_at),
    when: lately(row.created_at),
  }
}

/** The state of `pages/backoffice/organisations/show`. Throws E_ROW_NOT_FOUND for none. */
export async function organisationState(id: string) {
  const found = await officeOrganisation(id)
  const owners = await ownersOf(id)
  const trail = trailState(await trailOf(found))
  const access = await ownAccess(found.id)
  return {
    organisation: { ...found, state: stateOf(found.suspendedAt, found.eraseAt) },
    access: access && { until: moment(access.expiresAt), reason: access.reason },
    owners: owners.map(({ name, email, last_signed_in_at: last }) => ({
      name,
      email,
      seen: last ? `Signed in ${lately(last)}` : 'Never signed in',
    })),
    figures: figuresOf(found),
    pairs: pairsOf(found),
    trail: [
      { label: 'Last seal', value: trail.seal },
      { label: 'Waiting', value: trail.lag.label },
      {
        label: 'Verification',
        value: [trail.verified.label, trail.sum].filter(Boolean).join(', '),
      },
    ],
    slug: slugIn(found.name),
    erasure: { days: ERASURE_DAYS, on: day(found.eraseAt) },
    suspendedOn: day(found.suspendedAt),
    can: {
      inviteOwner: found.members + found.former === 0,
      erase: found.suspendedAt !== null && found.eraseAt === null,
    },
  }
}

function figuresOf(found: OfficeOrganisation) {
  return [
    { label: 'Members', value: of(found.members, found.maxMembers) },
    { label: 'Projects', value: of(found.projects, found.maxProjects) },
    {
      label: 'Files',
      value: found.maxStorageMb
        ? `${sizeInWords(found.storage)} of ${sizeInWords(found.maxStorageMb * MB)}`
        : sizeInWords(found.storage),
    },
    { label: 'Assistant this month', value: pounds(found.costMicros) },
  ]
}

function pairsOf(found: OfficeOrganisation) {
  const { assistant } = found
  return [
    { label: 'Open since', value: day(found.createdAt) },
    { label: 'Time zone', value: found.timeZone },
    { label: 'Open invitations', value: found.invited },
    { label: 'Former members', value: found.former },
    { label: 'Projects under way', value: found.openProjects },
    { label: 'Files', value: found.files },
    { label: 'Assistant', value: assistant.isEnabled ? 'On' : 'Off' },
    {
      label: 'Its monthly budget',
      value: assistant.monthlyBudget ? pounds(assistant.monthlyBudget * 10_000) : null,
      none: 'No limit',
    },
    { label: 'Questions this month', value: found.asked },
  ]
}

function of(used: number, most: number | null) {
  return most ? `${used} of ${most}` : String(used)
}

/** An organisation's status, in words and not by colour alone. */
function stateOf(suspendedAt: Date | string | null, eraseAt: Date | string | null) {
  if (eraseAt) return { label: `To be erased ${day(eraseAt)}`, icon: 'alert', tone: 'bad' }
  if (suspendedAt) return { label: 'Suspended', icon: 'pause', tone: 'warn' }
  return { label: 'Open', icon: 'done', tone: 'good' }
}

function standingIn(text: string | null): Standing {
  return text && Object.hasOwn(standings, text) ? (text as Standing) : 'all'
}
