import type { Viewer } from '#identity/viewer'
import { tokensOf, tokensOfOrganisation, type TokenRow } from '#models/api_token/list'
import {
  lifetimes,
  scopeNames,
  scopes,
  serviceRoles,
  serviceScopes,
  type Scope,
} from '#models/api_token/scopes'
import { settingsState } from '#pages/settings/settings_page'
import { day } from '#registries/formats'

type Told = { secret: string | null; isFresh: boolean }

/** The page of a member's own tokens. */
export async function ownTokensState(viewer: Viewer, told: Told) {
  return {
    ...told,
    tokens: (await tokensOf(viewer.membershipId)).map(tokenState),
    choices: choicesOf(scopeNames),
  }
}

/** The tokens in an organisation's settings: its services', and its members'. */
export async function serviceTokensState(viewer: Viewer, told: Told) {
  return {
    ...settingsState('tokens', viewer),
    ...told,
    services: (await tokensOfOrganisation('services')).map(tokenState),
    members: (await tokensOfOrganisation('members')).map(tokenState),
    choices: {
      ...choicesOf(serviceScopes),
      roles: Object.entries(serviceRoles).map(([value, hint]) => ({
        value,
        label: ROLES[value],
        hint,
      })),
    },
  }
}

const ROLES: Record<string, string> = { auditor: 'Auditor', pmo: 'PMO' }

function choicesOf(names: Scope[]) {
  return {
    scopes: names.map((name) => ({ name, label: scopes[name] })),
    lifetimes: lifetimes.map((days) => ({
      value: days,
      label: days === 365 ? 'A year' : `${days} days`,
    })),
  }
}

function tokenState(row: TokenRow) {
  const isExpired = row.expires_at.getTime() < Date.now()
  return {
    id: row.id,
    name: row.name,
    prefix: `${row.prefix}…`,
    owner: row.owner,
    role: row.service_role && ROLES[row.service_role],
    scopes: row.scopes.join(', '),
    expires: day(row.expires_at),
    lastUsed: row.last_used_on ? day(row.last_used_on) : 'Never',
    isOpen: !row.revoked_at && !isExpired,
    state: stateOf(row.revoked_at !== null, isExpired),
  }
}

function stateOf(isRevoked: boolean, isExpired: boolean) {
  if (isRevoked) return { label: 'Revoked', tone: 'neutral', icon: 'stopped' }
  if (isExpired) return { label: 'Expired', tone: 'neutral', icon: 'clock' }
  return { label: 'Works', tone: 'good', icon: 'check' }
}
