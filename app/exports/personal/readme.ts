import edge from 'edge.js'
import {
  isOrganisation,
  reasonsOf,
  recipientsOf,
  withheldOf,
  type Told,
} from '#exports/personal/manifest'
import { controller } from '#config/privacy'
import { moment } from '#registries/formats'
import { currentVersion } from '#registries/policy_versions'

/** What a bundle contains and why, for a reader with a browser and no network. */
export function readmeOf(told: Told) {
  const { subject, kind, places, counted, startedAt, files } = told
  return edge.render('exports/personal_readme', {
    subject,
    kind,
    controller,
    isAccess: kind === 'access',
    madeAt: `${moment(startedAt, 'UTC')} UTC`,
    policy: currentVersion().version,
    organisations: places.filter(isOrganisation),
    records: counted
      .filter(({ rows }) => rows > 0)
      .map((one) => ({ ...one, ...reasonsOf(one.of) })),
    empty: counted.filter(({ rows }) => rows === 0).map(({ name }) => name),
    withheld: counted
      .filter(({ rows }) => rows > 0)
      .map((one) => ({ name: one.name, columns: withheldOf(one) }))
      .filter(({ columns }) => columns.length > 0),
    recipients: recipientsOf(counted),
    attached: files.filter(({ path }) => path.startsWith('files/')),
    chains: files.filter(({ path }) => path.endsWith('.ndjson')).map(({ path }) => path),
  })
}
