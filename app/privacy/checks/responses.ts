import { Findings } from '#privacy/finding'
import { cookies, type CookieEntry } from '#registries/cookies'
import { processors } from '#registries/processors'

/** One page as a visitor received it. */
export type Answer = {
  path: string
  /** Whether the visitor accepted analytics. */
  accepted: boolean
  status: number
  cookies: string[]
  policy: string
  html: string
}

const COOKIES = 'app/registries/cookies.ts'
const PROCESSORS = 'app/registries/processors.ts'
/** Keywords, this machine, and addresses of our own: a path names no host. */
const WORDS =
  /^('[^']*'|\/[\w/-]+|data:|https?:\/\/(127\.0\.0\.1|localhost)(:\d+)?|ws:\/\/localhost:\*)$/

/**
 * Whether an answer sets only declared cookies, as declared, and allows no host that the registry does not. `ours` are
 * the product's own origins, such as the identity provider's.
 */
export function checkAnswer(answer: Answer, ours: string[]) {
  const { path, status, html } = answer
  const found = new Findings('responses', PROCESSORS)
  found.add(status >= 500, `${path} answered ${status}`, 'the page')
  for (const line of answer.cookies) checkCookie(found, path, line)
  for (const source of sourcesIn(answer.policy)) {
    const isOpen = ours.includes(source) || mayLoad(source, answer.accepted)
    found.add(!isOpen, `${path} opens ${source} in its content security policy`)
  }
  for (const address of assetsIn(html)) found.add(true, `${path} loads ${address}`, 'the page')
  found.add(/type=["']?password/i.test(html), `${path} asks for a password`, 'the page')
  return found.list
}

function checkCookie(found: Findings, path: string, line: string) {
  const [pair, ...rest] = line.split(/;\s*/)
  const [name, value] = pair.split('=')
  const attributes = new Map(rest.map((part) => part.toLowerCase().split('=') as [string, string]))
  const maxAge = attributes.get('max-age')
  const entry = cookies.find((one) => one.name === name)
  const isExpiry = value === '' || Number(maxAge) <= 0
  found.add(!entry || (!entry.ours && !isExpiry), `${path} sets the cookie ${name}`, COOKIES)
  if (!entry?.ours || isExpiry) return
  found.add(!isWithin(entry, maxAge), `${path} keeps ${name} for ${maxAge} seconds`, COOKIES)
  const isGuarded = attributes.has('httponly') && attributes.get('samesite') === 'lax'
  found.add(!isGuarded, `${path} sets ${name} without HttpOnly and SameSite=Lax`, COOKIES)
}

function isWithin({ maxAge }: CookieEntry, given: string | undefined) {
  return maxAge === null ? given === undefined : Number(given) <= maxAge
}

function sourcesIn(policy: string) {
  const sources = policy.split(';').flatMap((directive) => directive.trim().split(/\s+/).slice(1))
  return new Set(sources.filter((source) => !WORDS.test(source)))
}

function mayLoad(source: string, accepted: boolean) {
  return processors.some(
    ({ needsConsent, sources = {} }) =>
      (accepted || !needsConsent) && Object.values(sources).flat().includes(source)
  )
}

/** What a page makes the browser fetch from elsewhere automatically; links that people follow are their choice. */
function assetsIn(html: string) {
  const tags =
    html.match(/<(script|img|iframe|source|video|audio|embed|object|link)\b[^>]*>/gi) ?? []
  return tags.flatMap(
    (tag) => tag.match(/(?<=\b(?:src|href|data)=["'])(https?:)?\/\/[^"']+/gi) ?? []
  )
}
