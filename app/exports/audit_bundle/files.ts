import { hiddenRows } from '#audit/confidential'
import type { EventRow } from '#audit/rows'
import { trailVerifier } from '#audit/standalone'
import { trailReadme } from '#exports/audit_bundle/readme'
import { chainFile } from '#exports/chain_file'
import { Listing } from '#exports/listing'
import { NoLongerAllowed } from '#exports/no_longer_allowed'
import type { ZippedFile } from '#exports/zip'
import { Viewer } from '#identity/viewer'
import type { Tenant } from '#tenancy/entry'
import Tenancy from '#tenancy/tenancy'

/**
 * The organisation's sealed chain as the files of an archive, one by one. The request's transaction has ended by the
 * time they are read. Values are left out, and events about entries kept from this person appear only as hashes: seals
 * and signatures can be checked all the same.
 */
export async function* trailFiles(tenant: Tenant): AsyncGenerator<ZippedFile> {
  const listing = new Listing()
  yield listing.add('README.txt', trailReadme(new Date()))
  for (const [name, text] of Object.entries(await trailVerifier())) {
    yield listing.add(name, text)
  }
  const withheld = (events: EventRow[]) => withheldFrom(tenant, events)
  const chain = await chainFile(tenant.organisationId, { withoutValues: true, withheld })
  if (chain) yield listing.add('audit.ndjson', chain)
  yield new Listing().add('manifest.json', manifest(tenant, listing))
}

/** The person's rights are checked again for each batch, because sending many takes time. */
function withheldFrom(tenant: Tenant, events: EventRow[]) {
  return Tenancy.run(tenant, async (entry) => {
    const viewer = entry && new Viewer(entry)
    if (!viewer?.can('audit.read.organisation')) throw new NoLongerAllowed()
    return hiddenRows(events, viewer)
  })
}

function manifest({ organisationId }: Tenant, { files }: Listing) {
  const list = {
    kind: 'orchestrate audit export',
    format: 1,
    exported_at: new Date().toISOString(),
    organisation: organisationId,
    files,
  }
  return JSON.stringify(list, null, 2) + '\n'
}
