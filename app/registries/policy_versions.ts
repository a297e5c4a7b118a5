import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { policy, type PolicyDocument } from '#registries/policy'

/** A version of the policy: what changed, for readers, and its complete text. */
type PolicyVersion = {
  /** The day it was published: YYYY-MM-DD. */
  version: string
  effectiveOn: string
  /** Material changes are shown to everyone and mailed to account holders. */
  material: boolean
  summary: string[]
  /** SHA-256 of the previous version, so that none is rewritten unnoticed. */
  previous: string | null
  document: PolicyDocument
}

const FOLDER = fileURLToPath(new URL('../../resources/policies/', import.meta.url))

/** Every version, newest first. */
export const policyVersions: PolicyVersion[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .reverse()
  .map((name) => JSON.parse(readFileSync(FOLDER + name, 'utf8')))

/** The policy in force or about to be. */
export function currentVersion() {
  return policyVersions[0]
}

/** The newest version that everyone is told about. */
export function newestMaterialVersion() {
  return policyVersions.find(({ material }) => material) ?? null
}

/** What proves the wording of a version. */
export function fingerprint({ document }: Pick<PolicyVersion, 'document'>) {
  return createHash('sha256').update(JSON.stringify(document)).digest('hex')
}

/** How the newest version differs from the product; null when it does not. */
export function versionProblem(versions = policyVersions, told: PolicyDocument = policy) {
  const [newest] = versions
  if (fingerprint(newest) !== fingerprint({ document: told })) {
    return (
      `The policy, or a registry it is made from, differs from version ${newest.version}. Publish a ` +
      'new one: node ace.js privacy:version --summary="What changed, for its readers" [--material]. While ' +
      `${newest.version} has not been published: node ace.js privacy:version --amend`
    )
  }
  const broken = versions.find((version, index) => version.previous !== hashBefore(versions, index))
  return broken ? `A version before ${broken.version} was rewritten after it was published` : null
}

/** Stores the present policy as a version: a new one, or in place of the newest. */
export function writeVersion(about: Omit<PolicyVersion, 'document' | 'previous'>) {
  const earlier = policyVersions.filter(({ version }) => version !== about.version)
  const version = { ...about, previous: hashBefore([null, ...earlier], 0), document: policy }
  writeFileSync(`${FOLDER}${about.version}.json`, `${JSON.stringify(version, null, 2)}\n`)
}

function hashBefore(versions: (PolicyVersion | null)[], index: number) {
  const before = versions[index + 1]
  return before ? fingerprint(before) : null
}
