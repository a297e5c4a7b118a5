/// <reference lib="dom" />
import { outcomes, type Outcome } from '#models/deciding/enumerations'
import { list } from '#audit/offline/elements'
import { fileTable, moment, section, verdictSection } from '#audit/offline/sections'
import type { PackVerifier } from '#audit/pack_verifier'

/** What was found, for somebody who has never seen the product. */
export function findings(pack: PackVerifier): HTMLElement[] {
  return [verdict(pack), decided(pack), proves(pack), leavesOpen(pack), fileTable(pack.files)]
}

function verdict({ problems, areSignaturesChecked, manifest }: PackVerifier) {
  const whose = `Gate pack ${manifest.gate_ref}, round ${manifest.round}`
  const count = problems.length
  return verdictSection({ what: 'pack', count, problems, whose, areSignaturesChecked })
}

function decided({ decisions, problems }: PackVerifier) {
  if (problems.length > 0) return section('Decision', 'Nothing in it is to be relied on.')
  if (decisions.length === 0) return section('Decision', 'None was recorded when it was exported.')
  const lines = decisions.map(({ outcome, decided_at: at, supersedes }) => {
    const what = outcomes[outcome as Outcome] ?? outcome
    return `${what}, recorded ${moment(at)}${supersedes ? ', in place of the record before it' : ''}`
  })
  return section('Decision', list(lines))
}

function proves(pack: PackVerifier) {
  const { manifest, pack: sealed, files, report, problems } = pack
  if (problems.length > 0) {
    return section('What this proves', 'Something was changed after the pack was exported.')
  }
  return section(
    'What this proves',
    list([
      `All ${files.length} files are those that were exported.`,
      `The parts and the evidence are what was submitted on ${moment(sealed.submitted_at)}: one hash names them all, and the audit trail carries it.`,
      ...(pack.redacted.length > 0
        ? [
            `Somebody who was erased since was taken out of ${pack.redacted.join(', ')}: the audit trail leads from the sealed hash to the present one.`,
          ]
        : []),
      ...(pack.decisions.length > 0
        ? [
            'The decision with its votes and minutes rests on this very pack, and is what the audit trail carries.',
          ]
        : []),
      `The audit trail is whole: ${report.events + report.leaves} events under ${report.seals === 1 ? 'one seal' : `${report.seals} seals, each built on the one before it`}.`,
      ...(pack.areSignaturesChecked ? ['Each seal was signed with a key that you gave.'] : []),
      `Its last seal is ${report.lastSeal ? `${report.lastSeal.number}:${report.lastSeal.hash}` : 'still to come'}. Whoever noted it elsewhere can tell that nothing was rewritten since. The pack was exported ${moment(manifest.exported_at)}.`,
    ])
  )
}

function leavesOpen(pack: PackVerifier) {
  const { withheld, unsealed } = pack
  return section(
    'What it does not prove',
    list([
      'That what people wrote is true: only that it is what they wrote.',
      ...(pack.areSignaturesChecked
        ? ['That the public keys are the organisation’s: get them from the organisation itself.']
        : [
            'Who made the seals: give the public keys of the organisation to check the signatures.',
          ]),
      'The names in people.json. They are not sealed, so that they can be erased; packs and decisions know people by ids.',
      ...(withheld.length > 0
        ? [
            `What stands in the parts that were withheld: ${withheld.join(', ')}. Their hashes are checked.`,
          ]
        : []),
      ...(unsealed > 0
        ? [
            `That ${unsealed} of its events were in time: they were not sealed yet when it was exported. Export it again later.`,
          ]
        : []),
      'Anything, if whoever gave you the pack changed this page too. Take verify.html from another export then: it checks any of them.',
    ])
  )
}
