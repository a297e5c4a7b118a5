import { today } from '#models/days'
import { score, scoring } from '#models/raid/scoring'
import type RaidItem from '#models/raid_item'
import { refuse } from '#models/violation'

/** The sponsor (`by`) accepts a threat, even one scored above appetite. */
export function accept(threat: RaidItem, by: string, lockVersion: number) {
  if (threat.nature !== 'threat' || threat.isSettled) {
    refuse('response', 'Only an open threat can be accepted')
  }
  const acceptance = { response: 'accept', acceptedBy: by, acceptedOn: today() } as const
  return threat.revise(acceptance, lockVersion, 'raid_item.accepted')
}

/** The project accepted what only the sponsor may: it is scored above appetite, as that is now. */
export function isAcceptedByNobody({ response, acceptedBy, currentScore }: RaidItem) {
  return response === 'accept' && !acceptedBy && (currentScore ?? 0) > scoring().appetite
}

/** The sponsor's acceptance applies to the risk as it was: a new response or a worse score ends it. */
export function forgetStaleAcceptance(risk: RaidItem) {
  if (!risk.acceptedBy || (risk.response === 'accept' && !hasWorsened(risk))) return
  risk.acceptedBy = null
  risk.acceptedOn = null
}

/** Its score is about to rise. */
export function hasWorsened(risk: RaidItem) {
  const { currentLikelihood, currentImpact } = risk.$original
  return (risk.currentScore ?? 0) > (score(currentLikelihood, currentImpact) ?? 0)
}
