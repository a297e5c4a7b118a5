import { createHash, randomUUID } from 'node:crypto'
import { CookieClient } from '@adonisjs/core/http'
import { Encryption, drivers } from '@adonisjs/core/encryption'
import Tokens from 'csrf'
import { connected } from '../postgres/connection.mjs'
import { KIND, ORGANISATION, idOf } from './sizes.mjs'

const tokens = new Tokens()

/**
 * Signs a person in as often as there are connections, by writing the session as a sign-in leaves
 * it: no two connections then wait for each other's session. Answers `{ cookie, token }` for each.
 */
export async function signIn({ url, appKey, person, count }) {
  const cookies = new CookieClient(await encryption(appKey))
  return connected(url, async (client) => {
    const sessions = []
    for (let index = 0; index < count; index++) {
      const id = randomUUID()
      const secret = randomUUID()
      const userId = idOf('9', person)
      const data = JSON.stringify({ 'user_id': userId, 'csrf-secret': secret })
      await client.query(
        `insert into sessions (id, user_id, data, expires_at) values ($1, $2, $3, now() + interval '1 day')`,
        [createHash('sha256').update(id).digest(), userId, data]
      )
      const session = cookies.encrypt('appSession', id)
      const organisation = cookies.sign('orch_org', ORGANISATION)
      const consent = cookies.sign('orch_consent', 'rejected')
      sessions.push({
        cookie: `appSession=${session}; orch_org=${organisation}; orch_consent=${consent}`,
        token: tokens.create(secret),
      })
    }
    return sessions
  })
}

/** A member of the project's team, who may raise items in it. */
export const MANAGER = 2
export const PROJECT = idOf(KIND.project, 1)

async function encryption(appKey) {
  const { driver, keys } = await drivers.aes256gcm({ keys: [appKey], id: 'gcm' }).resolver()
  return new Encryption({ driver, keys })
}
