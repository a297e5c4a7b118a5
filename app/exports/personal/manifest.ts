import type { Bundle } from '#models/privacy_export'
import type { Place, Subject } from '#exports/personal/subject'
import { SCHEMA_VERSION } from '#exports/records/json_schema'
import { activities, bases } from '#registries/activities'
import { processorHere } from '#registries/agreements'
import { personalData, type PersonalColumn } from '#registries/personal_data'
import { currentVersion } from '#registries/policy_versions'
import { processors } from '#registries/processors'
import { PLATFORM } from '#tenancy/tenancy'

/** A set of records, with what the inventory says of its table. */
export type Counted = { name: string; rows: number; of: PersonalColumn }

/** Everything that a bundle says about itself. */
export type Told = {
  subject: Subject
  kind: Bundle
  places: Place[]
  counted: Counted[]
  startedAt: Date
  files: { path: string; size: number; sha256: string }[]
}

/** What a bundle contains, why it is held and who receives it, and the hash of every other file. */
export function manifestOf(told: Told) {
  const { subject, kind, places, counted, startedAt, files } = told
  return {
    kind: `orchestrate personal export: ${kind}`,
    schema_version: SCHEMA_VERSION,
    policy_version: currentVersion().version,
    read_from: startedAt.toISOString(),
    read_until: new Date().toISOString(),
    person: { account: subject.userId, name: subject.name, email: subject.email },
    organisations: places.filter(isOrganisation).map(({ organisationId, name, memberships }) => ({
      id: organisationId,
      name,
      membership: memberships[0] ?? null,
    })),
    records: counted.map((one) => ({
      ...filesOf(one),
      ...reasonsOf(one.of),
      withheld: withheldOf(one),
    })),
    recipients: recipientsOf(counted),
    files,
  }
}

/** Whether a place is an organisation, not the platform. */
export function isOrganisation({ organisationId }: Place) {
  return organisationId !== PLATFORM
}

/** Why a table is held, on which basis and for how long, according to the registries. */
export function reasonsOf({ purpose, activity, basis, retention }: PersonalColumn) {
  return {
    purpose,
    activity: activities[activity].name,
    legal_basis: bases[basis],
    retention,
    recipients: processorsOf(activities[activity].recipients).map(({ name }) => name),
  }
}

/** The columns of these records that stay here: secrets, and what only machines can read, such as hashes. */
export function withheldOf({ name }: Pick<Counted, 'name'>) {
  const prefix = name === 'audit_events' ? 'audit.event_values.' : `public.${name}.`
  return [...personalData]
    .filter(([column, { export: leaves }]) => !leaves && column.startsWith(prefix))
    .map(([column]) => column.replace(prefix, ''))
}

/** Everyone who receives any of it, and what protects it there. */
export function recipientsOf(counted: Counted[]) {
  const names = counted
    .filter(({ rows }) => rows > 0)
    .flatMap(({ of }) => activities[of.activity].recipients)
  return processorsOf(names).map(({ name, company, purpose, region, transfer }) => ({
    name,
    company,
    purpose,
    region,
    transfer,
  }))
}

function processorsOf(names: string[]) {
  return processors.filter(({ name }) => names.includes(name)).map((one) => processorHere(one))
}

function filesOf({ name, rows }: Counted) {
  if (rows === 0) return { name, rows, json: null, csv: null, schema: null }
  return {
    name,
    rows,
    json: `data/${name}.json`,
    csv: `csv/${name}.csv`,
    schema: `schemas/${name}.schema.json`,
  }
}
