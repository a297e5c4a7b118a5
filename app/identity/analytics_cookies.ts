import { isIP } from 'node:net'
import type { HttpContext } from '@adonisjs/core/http'
import { withdrawableCookies } from '#registries/cookies'

const BROUGHT = new RegExp(`(?:^|;\\s*)(?:${withdrawableCookies.join('|')})=`)

/** Whether the browser still holds cookies of analytics for this site. */
export function bringsAnalyticsCookies(request: HttpContext['request']) {
  return BROUGHT.test(request.header('cookie') ?? '')
}

/** Clarity sets its cookies on the widest domain it can, so each parent domain is expired too. */
export function expireAnalyticsCookies({ request, response }: HttpContext) {
  const hostname = request.hostname() ?? ''
  const labels = isIP(hostname) ? [] : hostname.split('.')
  const domains = labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))
  for (const name of withdrawableCookies) {
    for (const domain of ['', ...domains.map((parent) => `; Domain=${parent}`)]) {
      response.append('set-cookie', `${name}=; Path=/; Max-Age=0${domain}`)
    }
  }
}
