import { Findings } from '#privacy/finding'
import { webhooks } from '#registries/egress'
import type { DeclaredRoute } from '#start/router'

/** Pages that the policy sends people to. */
const PROMISED = [
  'privacy',
  'cookies',
  'policy_versions.index',
  'policy_versions.show',
  'consents.edit',
  'consents.update',
  'privacy_requests.create',
]

/**
 * Parts of addresses that are not ids, with their meaning. None may contain what people typed: addresses are logged.
 */
const PARAMETERS: Record<string, string> = {
  token: 'a secret that opens an invitation or one task',
  version: 'the day of a version of the policy',
  ref: 'the random reference of a request about personal data',
  flag: 'which of the restrictions and objections that we name',
  kind: 'which of the calendars that we name',
  secret: 'a secret by which a calendar reads along',
  name: 'the name of a kind of mail',
  slug: 'which of our guides',
}

/** Whether the routes keep the policy's promises about pages and addresses. */
export function checkRoutes(routes: Pick<DeclaredRoute, 'name' | 'pattern' | 'methods'>[]) {
  const found = new Findings('routes', 'start/routes')
  const names = routes.map(({ name }) => name)
  for (const name of PROMISED) found.add(!names.includes(name), `the page ${name} is gone`)
  for (const { pattern } of routes) {
    found.add(/password/i.test(pattern), `${pattern}: the product knows no passwords`)
    const unknown = parametersOf(pattern).filter((name) => !isKnown(name))
    found.add(
      unknown.length > 0,
      `${pattern} holds ${unknown.join(', ')}: say what it is`,
      'app/privacy/checks/routes.ts'
    )
  }
  for (const path of webhooks) {
    const isThere = routes.some(({ pattern, methods }) => pattern === path && isPost(methods))
    found.add(!isThere, `the webhook ${path} is gone`, 'app/registries/processors.ts')
  }
  return found.list
}

function parametersOf(pattern: string) {
  return [...pattern.matchAll(/:(\w+)/g)].map(([, name]) => name)
}

function isKnown(name: string) {
  return name === 'id' || name.endsWith('_id') || name in PARAMETERS
}

function isPost(methods: string[]) {
  return methods.includes('POST')
}
