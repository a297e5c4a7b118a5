/// <reference lib="dom" />
import { list } from '#audit/offline/elements'
import { fileTable, lastSealLine, moment, section, verdictSection } from '#audit/offline/sections'
import type { TrailVerifier } from '#audit/trail_verifier'

/** The findings in an audit trail, for someone who has never seen the product. */
export function trailFindings(trail: TrailVerifier): HTMLElement[] {
  const files = trail.files.length > 0 ? [fileTable(trail.files)] : []
  return [verdict(trail), proves(trail), leavesOpen(trail), ...files]
}

function verdict({ problems, report, areSignaturesChecked }: TrailVerifier) {
  const whose = `Audit trail of the organisation ${report.organisation}`
  const count = Math.max(problems.length, report.problemCount)
  return verdictSection({ what: 'trail', count, problems, whose, areSignaturesChecked })
}

function proves({ problems, report, areSignaturesChecked, anchored }: TrailVerifier) {
  if (problems.length > 0) {
    return section(
      'What this proves',
      'Something was changed after the trail was sealed or exported.'
    )
  }
  const { events, leaves, removed, seals, unsealed } = report
  return section(
    'What this proves',
    list([
      `Up to its last seal no event is missing, changed or out of order: ${events - unsealed} are shown${leaves > 0 ? `, ${leaves} are here only as a hash` : ''}, under ${seals === 1 ? 'one seal' : `${seals} seals, each built on the one before it`}.`,
      ...(removed > 0
        ? [`${removed} events were removed with their project, as the trail itself says.`]
        : []),
      ...(areSignaturesChecked ? ['Each seal was signed with a key that you gave.'] : []),
      ...(anchored > 0
        ? [
            anchored === 1
              ? 'The seal that you noted earlier stands in it unchanged.'
              : `The ${anchored} seals that you noted earlier stand in it unchanged.`,
          ]
        : []),
      `${lastSealLine(report)} Note it: given here next time, it shows that nothing was rewritten in between.`,
    ])
  )
}

function leavesOpen({ report, head, areSignaturesChecked }: TrailVerifier) {
  return section(
    'What it does not prove',
    list([
      'That what people wrote is true: only that it is what the trail recorded.',
      `What came after its last seal: a trail that is cut off there has no gap. By its own account it was exported ${moment(head.exportedAt)}; ask the organisation for its present seal.`,
      ...(areSignaturesChecked
        ? ['That the public keys are the organisation’s: get them from the organisation itself.']
        : [
            'Who made the seals: give the public keys of the organisation to check the signatures.',
          ]),
      ...(head.valuesWithheld
        ? ['The values before and after each change: the trail holds only a hash of each.']
        : []),
      ...(report.leaves > 0
        ? [`The content of the ${report.leaves} events of which only the hash is here.`]
        : []),
      ...(report.unsealed > 0
        ? [
            `Its last ${report.unsealed} events: no seal covers them, so anyone could have written them.`,
          ]
        : []),
      'Anything, if whoever gave you the trail changed this page too. If in doubt, use the verify.html of another export: it checks any of them.',
    ])
  )
}
