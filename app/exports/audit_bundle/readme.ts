/** What an exported trail contains and how to verify it, for someone who has only the archive. */
export function trailReadme(at: Date) {
  return `Audit trail, exported ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC

What is here
  audit.ndjson        every event up to the last seal, and every seal, in their order
  verify.html         verifies them in a browser, on any computer and without a network
  verify-audit.mjs    verifies them with Node.js, on any computer and without a network
  manifest.json       every file with its size and SHA-256

  Events say when, who (as an id), what and about which record. The values before and after are not here:
  the trail holds a hash of each, and the product shows the values to people who may see them. Events about
  entries that the person who exported this may not see are here only as a hash.

How to verify it
  Open verify.html in a browser, from disk, and choose this archive there. It loads and sends nothing.
  Or unpack the archive into a folder and run this there, with Node.js 18 or later:

    node verify-audit.mjs audit.ndjson <public keys>

  The public keys are in the product, below the audit trail. Get them from there or from the organisation,
  not from whoever gave you this file. The page and the script run the same code. They say whether the chain
  is sound or what does not match.

  Note the last seal that it names. Give it next time, in the page's field or after the keys, to show that
  nothing was rewritten in between:

    node verify-audit.mjs audit.ndjson <public keys> <seal number>:<seal hash>
`
}
