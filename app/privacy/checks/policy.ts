import PolicyPublication from '#models/policy_publication'
import { Findings } from '#privacy/finding'
import { fingerprint, policyVersions, versionProblem } from '#registries/policy_versions'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** The wording of each version when it was first served here. */
export function publishedFingerprints(): Promise<Map<string, string>> {
  return Tenancy.system(PLATFORM, async () => {
    const rows = await PolicyPublication.all()
    return new Map(rows.map((row) => [row.version, row.fingerprint]))
  })
}

/** Whether the newest version matches the product, and none has changed after people read it. */
export function checkPolicy(published: Map<string, string>) {
  const found = new Findings('policy', 'resources/policies')
  const problem = versionProblem()
  if (problem) found.add(true, problem)
  for (const version of policyVersions) {
    const then = published.get(version.version)
    const isOther = then !== undefined && then !== fingerprint(version)
    found.add(isOther, `version ${version.version} was served here with other words`)
  }
  return found.list
}
