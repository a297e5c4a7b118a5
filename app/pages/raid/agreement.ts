import type { Viewer } from '#identity/viewer'
import Membership from '#models/membership'
import Project from '#models/project'
import { isOver, projectStatuses } from '#models/project/states'
import { isShared, otherSide, wordOf } from '#models/raid/agreement'
import { dependencyAnswers, type Side } from '#models/raid/enumerations'
import { ANOTHER } from '#models/raid/other_projects'
import type RaidItem from '#models/raid_item'
import { day } from '#registries/formats'

const LOOKS = {
  agreed: { icon: 'check', tone: 'good' },
  disagreed: { icon: 'cross', tone: 'bad' },
  date_proposed: { icon: 'calendar', tone: 'warn' },
} as const

const WAITING = { icon: 'clock', tone: 'warn' } as const

/** What the two projects of a dependency say about it, as its page shows it to one of them; null for other entries. */
export async function agreementState(viewer: Viewer, project: Project, item: RaidItem) {
  if (!isShared(item)) return null
  const otherId = item.side === 'home' ? item.counterpartProjectId! : item.projectId
  const other = await Project.visibleTo(viewer).where('projects.id', otherId).first()
  const status = other?.status ?? (await Project.find(otherId))?.status
  const names = await Membership.names([item.homeAnsweredBy, item.counterpartAnsweredBy])
  const [own, theirs] = [item.side, otherSide(item.side)]
  const asked = wordOf(item, theirs)
  return {
    other: other && {
      label: `${other.code} ${other.name}`,
      href: `/projects/${other.id}`,
    },
    name: other?.code ?? ANOTHER,
    sides: [
      sideState(item, own, `${project.code}, this project`, names),
      sideState(item, theirs, other ? `${other.code} ${other.name}` : ANOTHER, names),
    ],
    awaited: item.awaitedSide && (item.awaitedSide === own ? 'us' : 'them'),
    over: status && isOver(status) ? projectStatuses[status].toLowerCase() : null,
    acceptedOn: asked.answer === 'date_proposed' && asked.proposedOn ? day(asked.proposedOn) : null,
    /** Where the viewer can answer for the other project. */
    answerFor:
      other && item.awaitedSide === theirs && viewer.can('raid.update', other)
        ? `/projects/${other.id}/raid/${item.id}#agreement`
        : null,
    mayAnswer: viewer.can('raid.update', project) && !item.isSettled,
    /** If it is kept to a few people, only they see it in the other log. */
    isKept: item.sensitivity !== 'normal',
  }
}

function sideState(item: RaidItem, side: Side, label: string, names: Map<string, string>) {
  const { answer, reason, proposedOn, answeredBy, answeredOn } = wordOf(item, side)
  const who = answeredBy && (names.get(answeredBy) ?? 'a former member')
  return {
    label,
    ...(answer ? LOOKS[answer] : WAITING),
    word: answer ? dependencyAnswers[answer] : 'Has not answered',
    proposedOn: proposedOn && day(proposedOn),
    reason,
    by: [who && `by ${who}`, answeredOn && `on ${day(answeredOn)}`].filter(Boolean).join(' '),
  }
}
