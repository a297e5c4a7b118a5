import { mailSettings } from '#config/mail'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** The address of one of our pages, for a mail: it takes its reader to the organisation that sent it. */
export function mailLink(path: string) {
  const { organisationId } = Tenancy.current()
  const url = ownPage(path)
  if (organisationId !== PLATFORM) url.searchParams.set('organisation', organisationId)
  return url.href
}

/** The same for readers who have no account, and so no organisation to go to. */
export function outsideLink(path: string) {
  return ownPage(path).href
}

function ownPage(path: string) {
  const url = new URL(path, mailSettings.appUrl)
  if (!path.startsWith('/') || url.origin !== new URL(mailSettings.appUrl).origin) {
    throw new Error('A mail links to pages of ours only')
  }
  return url
}
