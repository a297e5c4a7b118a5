import { requireManagementSettings } from '#config/identity'
import { Auth0Management, type AccountRemover } from '#identity/auth0_management'
import { forgetLocalAccount } from '#identity/local/accounts'
import env from '#start/env'

let current: AccountRemover | null = null

/** What deletes the accounts of this installation: Auth0, or the local identity provider. */
export function accountRemover(): AccountRemover {
  current ??= configured()
  return current
}

/** Lets a test delete accounts elsewhere; null ends it. */
export function useAccountRemover(remover: AccountRemover | null) {
  current = remover
}

function configured(): AccountRemover {
  const settings = requireManagementSettings({
    NODE_ENV: env.get('NODE_ENV'),
    AUTH0_DOMAIN: env.get('AUTH0_DOMAIN'),
    AUTH0_MANAGEMENT_DOMAIN: env.get('AUTH0_MANAGEMENT_DOMAIN'),
    AUTH0_MANAGEMENT_CLIENT_ID: env.get('AUTH0_MANAGEMENT_CLIENT_ID'),
    AUTH0_MANAGEMENT_CLIENT_SECRET: env.get('AUTH0_MANAGEMENT_CLIENT_SECRET')?.release(),
  })
  return settings ? new Auth0Management(settings) : localRemover
}

/** Its accounts live in the process that signs people in, and end with it. */
const localRemover: AccountRemover = {
  async remove(subject) {
    return { kind: forgetLocalAccount(subject) ? 'deleted' : 'absent' }
  },
}
