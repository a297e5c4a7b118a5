import PolicyNotice from '#models/policy_notice'
import PolicyPublication from '#models/policy_publication'
import { day, iso, moment } from '#registries/formats'
import { fingerprint, policyVersions, versionProblem } from '#registries/policy_versions'

/** The state of `pages/backoffice/policies`. */
export async function policiesState() {
  const publications = await PolicyPublication.query()
  const told = await PolicyNotice.counts()
  return {
    problem: versionProblem(),
    versions: policyVersions.map((policy) => {
      const { version, effectiveOn, material, summary } = policy
      const found = publications.find((one) => one.version === version)
      const counts = told.get(version)
      return {
        version,
        summary,
        kind: material ? 'Announced to everyone' : 'Corrections only',
        effective: day(effectiveOn),
        at: found && iso(found.publishedAt),
        published: found ? moment(found.publishedAt) : null,
        isChanged: found !== undefined && found.fingerprint !== fingerprint(policy),
        told: [
          { label: 'Saw the banner', value: counts?.banner ?? 0 },
          { label: 'Emailed', value: counts?.mail ?? 0 },
        ],
        fingerprint: fingerprint(policy),
      }
    }),
  }
}
