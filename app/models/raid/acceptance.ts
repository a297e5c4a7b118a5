import { today } from '#models/days'
import { score } from '#models/raid/scoring'
import type RaidItem from '#models/raid_item'
import { refuse } from '#models/violation'

/** The sponsor (`by`) accepts a threat, also one that is scored above appetite. */
export function accept(threat: RaidItem, by: string, lockVersion: number) {
  if (threat.nature !== 'threat' || threat.isSettled) {
    refuse('response', 'Only an open threat can be accepted')
  }
  const acceptance = { response: 'accept', acceptedBy: by, acceptedOn: today() } as const
  return threat.revise(acceptance, lockVersion, 'raid_item.accepted')
}

/** The sponsor's acceptance holds for the risk as it stood: a new response or a worse score ends it. */
export function forgetStaleAcceptance(risk: RaidItem) {
  if (!risk.acceptedBy) return
  const { currentLikelihood, currentImpact } = risk.$original
  const before = score(currentLikelihood, currentImpact) ?? 0
  if (risk.response === 'accept' && (risk.currentScore ?? 0) <= before) return
  risk.acceptedBy = null
  risk.acceptedOn = null
}
