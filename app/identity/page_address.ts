import { appUrl } from '#config/app'

/** The full address of one of our pages for use elsewhere; it takes its reader to the organisation. */
export function pageAddress(path: string, organisationId?: string) {
  const url = new URL(path, appUrl)
  if (organisationId) url.searchParams.set('organisation', organisationId)
  return url.href
}
