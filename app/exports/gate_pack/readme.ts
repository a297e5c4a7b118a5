import type { PackExport } from '#exports/gate_pack/export'

/** What an exported pack contains and how to verify it, for someone who has only the archive. */
export function readme({ ref, round, sha256, parts, decisions, evidence }: PackExport) {
  const withheld = parts.filter(({ body }) => body === null).map(({ name }) => name)
  const lost = evidence.filter(({ stored }) => stored === null).map(({ name }) => name)
  return `Gate pack ${ref}, round ${round}

Seal of the pack (SHA-256): ${sha256}

What is here
  manifest.json       every file with its size and SHA-256
  pack/manifest.json  the pack's own manifest, as it was sealed on submission
  pack/*.json         the parts of the pack, as they were submitted
  decisions/*.json    ${decisionsLine(decisions.length)}
  evidence/*          the files that were put before the deciders
  people.json         the names behind the ids in the other files
  audit.ndjson        the audit trail: these events in full, all others only as a hash
  verify.html         verifies all of this in a browser
  verify-pack.mjs     verifies all of this with Node.js
  verify-audit.mjs    verifies the audit trail alone
${gaps(withheld, lost)}
How to verify it
  Open verify.html in a browser, from disk, and choose this archive there. It loads and sends nothing.
  Or unpack the archive into a folder and run, with Node 18 or later and without a network:

    node verify-pack.mjs . <public keys>

  Ask the organisation for the public keys: they must not come from whoever gave you this file. Without
  them everything is checked except the signatures under the audit trail. If you do not trust the verifiers
  in this archive, take one from another pack or from the product: it verifies any folder that it is given.

  A decision is sealed into the audit trail within minutes. An archive exported before that proves nothing
  yet, and says so when it is verified. If so, export the pack again.

  The archive proves what it shows. To see whether another decision has replaced this one, look in the product.
`
}

function decisionsLine(count: number) {
  if (count === 0) return 'nothing yet: this round was not decided when it was exported'
  return 'what was decided, with the votes and the minutes, oldest first'
}

function gaps(withheld: string[], lost: string[]) {
  const lines = [
    ...withheld.map(
      (name) => `  The part "${name}" is withheld from the person who exported this.`
    ),
    ...lost.map((name) => `  The file "${name}" is no longer kept.`),
  ]
  if (lines.length === 0) return ''
  return `\nWhat is not here\n${lines.join('\n')}\n  The manifest keeps the hashes.\n`
}
