import type Erasure from '#models/erasure'
import type { Traces } from '#models/erasure'
import { erasable } from '#privacy/erasure/door'
import { membersIn } from '#privacy/erasure/collecting'
import { recognitionOf, type Recognition } from '#privacy/erasure/recognition'
import type { Subject } from '#privacy/erasure/rules'
import { everyOrganisation } from '#tenancy/organisations'
import { PLATFORM } from '#tenancy/tenancy'

export type Counts = Record<string, number>

/** Called between parts of a step, so that the caller can report progress, or stop. */
export type Tick = (step: string, part: string) => Promise<void> | void

/** What the steps of one erasure need to know about it. */
export type Work = {
  erasure: Erasure
  traces: Traces
  recognition: Recognition
  label: string
  /** The reason that redactions name: the request, or the erasure itself. */
  source: string
  /** Every organisation, the platform's own tenancy last. */
  organisations: string[]
  membersIn(organisationId: string): string[]
  externalsIn(organisationId: string): string[]
  /** Whether an organisation has the person as a member or as someone outside. */
  standsIn(organisationId: string): boolean
  /** Whether the person's name means the person there: elsewhere it may be a namesake's. */
  isKnownIn(organisationId: string): boolean
  subjectIn(organisationId: string): Subject
  tick(part: string): Promise<void> | void
}

/** The step cannot continue yet: until a time, or until someone has done something. */
export class PutOff extends Error {
  constructor(
    readonly failure: string,
    readonly seconds: number | null
  ) {
    super(failure)
  }
}

/** Collects what the steps need. */
export async function workOn(erasure: Erasure, traces: Traces): Promise<Work> {
  const person = traces.userId ? await erasable(traces.userId) : null
  const members = (organisationId: string) =>
    membersIn(person ?? { memberships: [] }, organisationId)
  const externals = (organisationId: string) =>
    traces.externals.filter((one) => one.organisationId === organisationId).map(({ id }) => id)
  const standsIn = (organisationId: string) =>
    members(organisationId).length + externals(organisationId).length > 0
  const isKnownIn = (organisationId: string) =>
    organisationId === PLATFORM || standsIn(organisationId)
  return {
    erasure,
    traces,
    label: erasure.label,
    source: erasure.requestId ?? erasure.id,
    recognition: recognitionOf(traces),
    organisations: [...(await everyOrganisation()).filter((id) => id !== PLATFORM), PLATFORM],
    membersIn: members,
    externalsIn: externals,
    standsIn,
    isKnownIn,
    subjectIn: (organisationId) => ({
      traces: isKnownIn(organisationId) ? traces : { ...traces, names: [] },
      members: members(organisationId),
      externals: externals(organisationId),
      requests: [],
      label: erasure.label,
    }),
    tick: () => {},
  }
}

/** Both counts added up, name by name. */
export function added(one: Counts, other: Counts): Counts {
  const sum = { ...one }
  for (const [name, count] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + count
  return sum
}
