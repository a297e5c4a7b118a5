import type { ApiClient, ApiResponse } from '@japa/api-client'
import { declaredRoutes } from '#start/router'
import type { Scene } from '#tests/support/scene'
import { pathTo } from '#tests/support/scene_ids'
import { send } from '#tests/support/sending'
import { unescaped } from '#tests/support/html'
import type { Account, Person } from '#tests/support/world'

export type Visitor = Person | Account | null
type Page = { path: string; shape: string; html: string }

/** The part of a query that makes another page of the same address; the rest filters it. */
const CHANGING = ['type', 'view', 'edit', 'show', 'q', 'state', '_method']

/** Every page that one of the visitors can reach by links, starting from every route; each shape once. */
export async function crawl(client: ApiClient, scene: Scene, visitors: Visitor[], more: string[]) {
  const pages = new Map<string, Page>()
  const opened = new Set<string>()
  const dead: string[] = []
  const starts = [...more, ...(await startsIn(scene))].map((path) => ({ path, from: '' }))
  for (const visitor of visitors) {
    const queue = [...starts]
    const seen = new Set<string>()
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { path, from } = next
      const shape = shapeOf(path)
      if (seen.has(path) || pages.has(shape)) continue
      seen.add(path)
      const response = await send(client, 'GET', path, visitor)
      if (response.status() === 404 && from) dead.push(`${path} on ${from}: ${response.status()}`)
      if (response.status() !== 200) continue
      opened.add(path.split('?')[0])
      if (!isPage(response)) continue
      const html = response.text()
      pages.set(shape, { path, shape, html })
      queue.push(...linksOf(html, path).map((link) => ({ path: link, from: path })))
    }
  }
  return { pages: [...pages.values()], unopened: unopened(opened), dead }
}

async function startsIn(scene: Scene) {
  const paths = []
  for (const pattern of patterns()) {
    // An address with a secret cannot be a starting point here.
    const path = await pathTo(scene, pattern).catch(() => null)
    if (path) paths.push(path)
  }
  return paths
}

/** The addresses that a browser may open. */
function patterns() {
  return declaredRoutes()
    .filter(({ methods, pattern }) => methods.includes('GET') && !pattern.startsWith('/api/v1/'))
    .map(({ pattern }) => pattern)
}

/** The routes of which no address was opened. */
function unopened(paths: Set<string>) {
  return patterns().filter((pattern) => {
    const form = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`)
    return ![...paths].some((path) => form.test(path))
  })
}

/** What two addresses of the same page have in common. */
export function shapeOf(path: string) {
  const { pathname, searchParams } = new URL(path, 'http://here')
  const kept = CHANGING.filter((name) => searchParams.has(name)).map((name) =>
    ['edit', 'q'].includes(name) ? name : `${name}=${searchParams.get(name)}`
  )
  const shape = pathname.replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, ':id')
  return [shape, ...kept].join(' ')
}

/** Where the links of a page lead within the product. */
export function linksOf(html: string, path: string) {
  return [...html.matchAll(/<a\b[^>]*\bhref="([^"#]+)/g)]
    .map(([, href]) => new URL(unescaped(href), new URL(path, 'http://here')))
    .filter(({ host }) => host === 'here')
    .map(({ pathname, search }) => pathname + search)
}

/** Whether an answer is a page, rather than a file. */
export function isPage(response: ApiResponse) {
  return String(response.header('content-type')).startsWith('text/html')
}
