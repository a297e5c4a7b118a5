import { mailSettings } from '#config/mail'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** The address of one of our pages, for a mail: it takes its reader to the organisation that wrote it. */
export function mailLink(path: string) {
  const { organisationId } = Tenancy.current()
  const url = new URL(path, mailSettings.appUrl)
  if (!path.startsWith('/') || url.origin !== new URL(mailSettings.appUrl).origin) {
    throw new Error('A mail links to pages of ours only')
  }
  if (organisationId !== PLATFORM) url.searchParams.set('organisation', organisationId)
  return url.href
}
