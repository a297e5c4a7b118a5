import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { CookieClient } from '@adonisjs/core/http'
import { Encryption, drivers } from '@adonisjs/core/encryption'
import Tokens from 'csrf'
import { connected } from '../postgres/connection.mjs'
import { BUILD } from './site.mjs'
import { KIND, ORGANISATION, idOf } from './sizes.mjs'

const tokens = new Tokens()

/** Signs a person of the benchmark in once for each connection. */
export function signIn({ person, ...account }) {
  return openSessions({ ...account, user: idOf('9', person), organisation: ORGANISATION })
}

/**
 * Opens one session for each connection, by writing it as a sign-in would: no two connections then wait for each other.
 * Returns `{ cookie, token }` for each.
 */
export async function openSessions({ url, appKey, user, organisation, count }) {
  const cookies = new CookieClient(await encryption(appKey))
  const refusal = await refusalOfAnalytics()
  return connected(url, async (client) => {
    const sessions = []
    for (let index = 0; index < count; index++) {
      const id = randomUUID()
      const secret = randomUUID()
      const data = JSON.stringify({ 'user_id': user, 'csrf-secret': secret })
      await client.query(
        `insert into sessions (id, user_id, data, expires_at) values ($1, $2, $3, now() + interval '1 day')`,
        [createHash('sha256').update(id).digest(), user, data]
      )
      const session = cookies.encrypt('appSession', id)
      const chosen = cookies.sign('orch_org', organisation)
      const consent = cookies.sign('orch_consent', refusal)
      sessions.push({
        cookie: `appSession=${session}; orch_org=${chosen}; orch_consent=${consent}`,
        token: tokens.create(secret),
      })
    }
    return sessions
  })
}

/** A member of the project's team, who may raise items in it. */
export const MANAGER = 2
export const PROJECT = idOf(KIND.project, 1)

/** Another of the manager's, for writes: the lists that are measured keep their length. */
export function writtenProject({ managers }) {
  return idOf(KIND.project, 1 + managers)
}

/** As the banner leaves it; otherwise it would be on each page. */
async function refusalOfAnalytics() {
  const { consentNotice } = await import(join(BUILD, 'app/registries/consent_notice.js'))
  return `rejected.${consentNotice.slice(0, 12)}`
}

async function encryption(appKey) {
  const { driver, keys } = await drivers.aes256gcm({ keys: [appKey], id: 'gcm' }).resolver()
  return new Encryption({ driver, keys })
}
