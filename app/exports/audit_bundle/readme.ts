/** What is in an exported trail, and how to verify it, for somebody who has only the archive. */
export function trailReadme(at: Date) {
  return `Audit trail, exported ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC

What is here
  audit.ndjson        every event up to the last seal, and every seal, in their order
  verify.html         verifies them in a browser, on any computer and without a network
  verify-audit.mjs    verifies them with Node.js, on any computer and without a network
  manifest.json       every file with its size and SHA-256

  Events say when, who (as an id), what and about which record. What was written before and after is not
  here: the trail promises each value by a hash, and the product shows the values to whoever may see them.
  Of events about entries that are kept from whoever exported this, only the hash is here.

How to verify it
  Open verify.html in a browser, from disk, and choose this archive there: nothing is loaded, nothing is
  sent. Or unpack the archive into a folder and run there, with Node.js 18 or later:

    node verify-audit.mjs audit.ndjson <public keys>

  The public keys stand in the product, below the audit trail: get them from there, or from the organisation,
  not from whoever gave you this file. The page and the script run the
  same code, and say whether the chain is clean, or what does not match.

  Note the last seal that it names. Given again next time, in the page's field for it or after the keys, it
  shows that nothing was rewritten in between:

    node verify-audit.mjs audit.ndjson <public keys> <seal number>:<seal hash>
`
}
