import { decode } from 'node:querystring'

type Answer = {
  status: number
  url: string
  location: string | null
  text: string
  cookies: string[]
  headers: Headers
}

/**
 * Follows no redirect automatically and keeps one cookie jar per host name, as a browser does: enough to go through a
 * sign-in with the real identity provider.
 */
export class Visitor {
  #jars = new Map<string, Map<string, string>>()
  #headers: Record<string, string> = {}

  constructor(readonly origin = `http://${process.env.HOST}:${process.env.PORT}`) {}

  get(url: string, headers: Record<string, string> = {}) {
    return this.#send(url, { headers })
  }

  /** Sends a form; its `_csrf` is taken from the previous page, if given. */
  post(url: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
    return this.#send(url, { method: 'POST', body: new URLSearchParams(fields), headers })
  }

  /** Follows redirects until a page comes, or until `stop` rejects the next address. */
  async follow(answer: Answer, stop: (url: string) => boolean = () => false): Promise<Answer> {
    while (answer.location && !stop(answer.location)) answer = await this.get(answer.location)
    return answer
  }

  /** Begins a sign-in and returns the redirect to the identity provider. */
  async begin(fields: Record<string, string> = {}) {
    const page = await this.get('/sign-in')
    return this.post('/session', { _csrf: csrfOf(page.text), ...fields })
  }

  /** Signs in through the local identity provider. */
  async signIn(
    email: string,
    fields: Record<string, string> = {},
    headers: Record<string, string> = {}
  ) {
    this.#headers = headers
    const people = await this.follow(await this.begin(fields))
    const chosen = await this.post(people.url, { email, name: '' })
    return this.follow(chosen, (url) => url.startsWith(this.origin) && !url.includes('/callback'))
  }

  cookie(name: string, host = new URL(this.origin).hostname) {
    return this.#jar(host).get(name)
  }

  setCookie(name: string, value: string) {
    this.#jar(new URL(this.origin).hostname).set(name, value)
  }

  deleteCookie(name: string) {
    this.#jar(new URL(this.origin).hostname).delete(name)
  }

  async #send(path: string, options: RequestInit): Promise<Answer> {
    const url = new URL(path, this.origin)
    const jar = this.#jar(url.hostname)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, {
      ...options,
      redirect: 'manual',
      headers: { ...this.#headers, ...options.headers, ...(cookie ? { cookie } : {}) },
    })
    const cookies = response.headers.getSetCookie()
    for (const line of cookies) store(jar, line)
    const location = response.headers.get('location')
    return {
      status: response.status,
      url: url.href,
      location: location && new URL(location, url).href,
      text: await response.text(),
      cookies,
      headers: response.headers,
    }
  }

  #jar(host: string) {
    const jar = this.#jars.get(host) ?? new Map<string, string>()
    this.#jars.set(host, jar)
    return jar
  }
}

/** The CSRF token of a page's first form. */
export function csrfOf(html: string) {
  return html.match(/name='_csrf' value='([^']+)'/)?.[1] ?? ''
}

function store(jar: Map<string, string>, line: string) {
  const [pair, ...attributes] = line.split('; ')
  const [name, ...value] = pair.split('=')
  const { 'Max-Age': maxAge } = decode(attributes.join('&')) as Record<string, string>
  if (maxAge !== undefined && Number(maxAge) <= 0) jar.delete(name)
  else jar.set(name, value.join('='))
}
