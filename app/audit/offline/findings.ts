/// <reference lib="dom" />
import { outcomes, type Outcome } from '#models/deciding/enumerations'
import { list } from '#audit/offline/elements'
import { fileTable, lastSealLine, moment, section, verdictSection } from '#audit/offline/sections'
import type { PackVerifier } from '#audit/pack_verifier'

/** The findings, for someone who has never seen the product. */
export function findings(pack: PackVerifier): HTMLElement[] {
  return [verdict(pack), decided(pack), proves(pack), leavesOpen(pack), fileTable(pack.files)]
}

function verdict({ problems, unsealed, areSignaturesChecked, manifest }: PackVerifier) {
  const whose = `Gate pack ${manifest.gate_ref}, round ${manifest.round}`
  const count = problems.length
  return verdictSection({ what: 'pack', count, problems, unsealed, whose, areSignaturesChecked })
}

function decided({ decisions, isSealed }: PackVerifier) {
  if (!isSealed) return section('Decision', 'Nothing in it is to be relied on.')
  if (decisions.length === 0) return section('Decision', 'This pack has no decision.')
  const lines = decisions.map(({ outcome, decided_at: at, supersedes }) => {
    const what = outcomes[outcome as Outcome] ?? outcome
    return `${what}, recorded ${moment(at)}${supersedes ? ', replacing the record before it' : ''}`
  })
  return section('Decision', list(lines))
}

function proves(pack: PackVerifier) {
  const { pack: sealed, files, report, problems } = pack
  if (problems.length > 0) {
    return section('What this proves', 'Something was changed after the pack was exported.')
  }
  if (!pack.isSealed) return section('What this proves', 'Nothing yet.')
  return section(
    'What this proves',
    list([
      `All ${files.length} files are as they were exported.`,
      `The parts and the evidence are what was submitted on ${moment(sealed.submitted_at)}: one hash covers them all, and the audit trail contains it.`,
      ...(pack.redacted.length > 0
        ? [
            `Someone who has since been erased was removed from ${pack.redacted.join(', ')}: the audit trail leads from the sealed hash to the present one.`,
          ]
        : []),
      ...(pack.decisions.length > 0
        ? [
            'The decision, with its votes and minutes, was made on this very pack, and the audit trail contains it.',
          ]
        : []),
      `The audit trail is whole: ${report.events + report.leaves} events under ${report.seals === 1 ? 'one seal' : `${report.seals} seals, each built on the one before it`}.`,
      ...(pack.areSignaturesChecked ? ['Each seal was signed with a key that you gave.'] : []),
      `${lastSealLine(report)} Anyone who noted it elsewhere can tell that nothing was rewritten since.`,
    ])
  )
}

function leavesOpen(pack: PackVerifier) {
  const { withheld, manifest } = pack
  return section(
    'What it does not prove',
    list([
      'That what people wrote is true: only that it is what they wrote.',
      `That no other record took the place of this one, before it was exported or since: events that a pack does not show are in it only as hashes. By its own account it was exported ${moment(manifest.exported_at)}; ask the organisation what is valid today.`,
      ...(pack.areSignaturesChecked
        ? ['That the public keys are the organisation’s: get them from the organisation itself.']
        : [
            'Who made the seals: give the public keys of the organisation to check the signatures.',
          ]),
      'The names in people.json. They are not sealed, so that they can be erased; packs and decisions identify people by ids.',
      ...(withheld.length > 0
        ? [
            `The content of the parts that were withheld: ${withheld.join(', ')}. Their hashes are checked.`,
          ]
        : []),
      'Anything, if whoever gave you the pack changed this page too. If in doubt, use the verify.html of another export: it checks any of them.',
    ])
  )
}
