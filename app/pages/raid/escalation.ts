import type { Viewer } from '#identity/viewer'
import Membership from '#models/membership'
import { peopleWhoSeeItem } from '#models/notification/audience'
import Programme from '#models/programme'
import type Project from '#models/project'
import { escalations, escalationStates } from '#models/raid/enumerations'
import type RaidItem from '#models/raid_item'
import RaidEscalation from '#models/raid_escalation'
import RaidEscalationPolicy from '#policies/raid_escalation_policy'
import RaidItemPolicy from '#policies/raid_item_policy'
import { day } from '#registries/formats'

const LOOKS = {
  open: { icon: 'clock', tone: 'warn' },
  accepted: { icon: 'check', tone: 'good' },
  returned: { icon: 'down', tone: undefined },
  taken_back: { icon: 'down', tone: undefined },
} as const

/** The level of an entry above its project, what was asked and answered, and what the viewer may do. */
export async function escalationState(viewer: Viewer, project: Project, item: RaidItem) {
  const mayEscalate = new RaidItemPolicy().update(viewer, item, project) && !item.isSettled
  const [all, programme, members] = await Promise.all([
    RaidEscalation.of(item),
    project.programmeId ? Programme.find(project.programmeId) : null,
    mayEscalate ? peopleWhoSeeItem(item) : [],
  ])
  const live = all.find(({ state }) => state === 'open' || state === 'accepted')
  const people = all.flatMap(({ askedOfId, raisedBy, answeredBy }) => [
    askedOfId,
    raisedBy,
    answeredBy,
  ])
  const names = await Membership.names([...people, programme?.managerId])
  const answers =
    live &&
    !item.isSettled &&
    new RaidEscalationPolicy().answer(viewer, live, programme?.managerId ?? null)
  return {
    level: item.escalation === 'project' ? null : escalations[item.escalation],
    live: live && { id: live.id, lockVersion: live.lockVersion, state: live.state },
    isResting: Boolean(live) && item.isSettled,
    entries: all.map((one) => ({ ...entryState(one, names), ...lookOf(one, item) })),
    levels: levelOptions(programme, names),
    members: members.map(({ id, name }) => ({ value: id, label: name })),
    can: {
      escalate: mayEscalate,
      takeBack: Boolean(live) && new RaidItemPolicy().update(viewer, item, project),
      answer: live?.state === 'open' && answers,
      giveBack: live?.state === 'accepted' && answers,
    },
    isShown: all.length > 0 || item.escalation !== 'project' || mayEscalate,
  }
}

function levelOptions(programme: Programme | null, names: Map<string, string>) {
  const organisation = { value: 'organisation', label: 'Organisation', hint: 'The PMO answers.' }
  if (!programme) return [organisation]
  const hint = whoAnswers(programme, names)
  return [{ value: 'programme', label: `Programme ${programme.code}`, hint }, organisation]
}

function whoAnswers({ managerId }: Programme, names: Map<string, string>) {
  const manager = managerId && names.get(managerId)
  return manager ? `${manager} (programme manager) or the PMO answers.` : 'The PMO answers.'
}

/** An escalation waits for no answer while its entry is settled. */
function lookOf({ state }: RaidEscalation, item: RaidItem) {
  if (state === 'open' && item.isSettled)
    return { state: 'On hold', icon: 'clock', tone: undefined }
  return { state: escalationStates[state], ...LOOKS[state] }
}

function entryState(one: RaidEscalation, names: Map<string, string>) {
  const name = (id: string | null) => (id ? (names.get(id) ?? 'a former member') : null)
  const answered =
    one.state === 'open' ? null : [name(one.answeredBy), one.answeredOn && day(one.answeredOn)]
  return {
    id: one.id,
    level: escalations[one.level],
    reason: one.reason,
    ask: one.ask,
    askedOf: name(one.askedOfId),
    raised: [name(one.raisedBy), day(one.raisedOn)].filter(Boolean).join(', '),
    answer: one.answer,
    answered: answered?.filter(Boolean).join(', ') ?? null,
  }
}
