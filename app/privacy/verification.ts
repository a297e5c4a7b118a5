import db from '@adonisjs/lucid/services/db'
import { identityProvider } from '#identity/identity_provider'
import { checkPolicy, publishedFingerprints } from '#privacy/checks/policy'
import { checkRegistries } from '#privacy/checks/registries'
import { checkAnswer } from '#privacy/checks/responses'
import { checkRoutes } from '#privacy/checks/routes'
import { checkSchema, liveSchema } from '#privacy/checks/schema'
import { checkSettings, settingNotes } from '#privacy/checks/settings'
import { checkWork } from '#privacy/checks/work'
import { crawl } from '#privacy/crawl'
import { Findings, type Finding } from '#privacy/finding'
import { strippedCookies } from '#privacy/stripped_cookies'
import { settings } from '#start/env'
import { declaredRoutes } from '#start/router'

export type Verification = { checks: { name: string; findings: Finding[] }[]; notes: string[] }

/** Checks the registries against the running product: its database, routes, jobs, settings and answers. */
export async function verifyPrivacy(origin: string): Promise<Verification> {
  const routes = declaredRoutes()
  const known = Object.keys(settings)
  return {
    checks: [
      { name: 'schema', findings: checkSchema(await liveSchema(db.connection())) },
      { name: 'registries', findings: checkRegistries() },
      { name: 'policy', findings: checkPolicy(await publishedFingerprints()) },
      { name: 'routes', findings: checkRoutes(routes) },
      { name: 'jobs', findings: checkWork() },
      { name: 'settings', findings: checkSettings(known, process.env) },
      { name: 'responses', findings: await checkResponses(origin) },
    ],
    notes: settingNotes(known, process.env),
  }
}

async function checkResponses(origin: string) {
  const ours = [identityProvider().origin]
  strippedCookies.clear()
  const answers = await crawl(origin, declaredRoutes())
  const found = new Findings('responses', 'app/registries/cookies.ts')
  for (const name of strippedCookies) found.add(true, `the guard stripped the cookie ${name}`)
  return [...answers.flatMap((answer) => checkAnswer(answer, ours)), ...found.list]
}
