import type { ApiClient, ApiResponse } from '@japa/api-client'
import { isPage, linksOf, shapeOf, type Visitor } from '#tests/support/crawl'
import { unescaped } from '#tests/support/html'
import { rollingBack } from '#tests/support/rollback'
import { send } from '#tests/support/sending'

type Offer = { path: string; from: string }

/** Where everyone begins; all else is reached from there. */
const START = '/projects'

/** Ends the session or membership of the person crawling the pages, or leads out of the organisation. */
const LEFT_OUT = /^\/(session|organisation|departure|admin|profile\/(sessions|erasure))/

/**
 * What pages offer someone and then refuse: each page that links lead to is opened, one of each shape, and each form is
 * sent empty and rolled back.
 */
export async function refusedOffers(client: ApiClient, visitor: Visitor) {
  const refused: string[] = []
  const forms = new Map<string, Offer>()
  const links: Offer[] = [{ path: START, from: '' }]
  const seen = new Set([START])
  for (let next = links.shift(); next; next = links.shift()) {
    const { path } = next
    const response = await send(client, 'GET', path, visitor)
    if (isRefusal(response)) refused.push(told('GET', next, response))
    if (response.status() !== 200 || !isPage(response)) continue
    const html = response.text()
    for (const link of linksOf(html, path)) {
      if (seen.has(shapeOf(link)) || LEFT_OUT.test(link)) continue
      seen.add(shapeOf(link))
      links.push({ path: link, from: path })
    }
    for (const action of actionsOf(html, path))
      forms.set(shapeOf(action), { path: action, from: path })
  }
  for (const form of forms.values()) {
    const response = await rollingBack(() => send(client, 'POST', form.path, visitor).then())
    if (isRefusal(response)) refused.push(told('POST', form, response))
  }
  return { refused, pages: seen.size }
}

function isRefusal(response: ApiResponse) {
  return [403, 404].includes(response.status())
}

function told(method: string, { path, from }: Offer, response: ApiResponse) {
  return `${method} ${path} on ${from}: ${response.status()}`
}

/** Where a page's forms that change something are sent. */
function actionsOf(html: string, path: string) {
  return [...html.matchAll(/<form\b[^>]*method="post"[^>]*>/g)]
    .map(([tag]) => unescaped(tag.match(/action="([^"]*)"/)?.[1] ?? path))
    .filter((action) => !LEFT_OUT.test(action))
}
