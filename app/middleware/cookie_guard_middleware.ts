import type { ServerResponse } from 'node:http'
import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { ownCookies, withdrawableCookies } from '#registries/cookies'

/** Lets no cookie leave that the registry does not declare: an error in tests, stripped and alerted elsewhere. */
export default class CookieGuardMiddleware {
  handle({ response }: HttpContext, next: NextFn) {
    guard(response.response)
    return next()
  }
}

/** Wraps the one call through which every header leaves, whoever set it. */
export function guard(response: ServerResponse) {
  const writeHead = response.writeHead
  response.writeHead = function (this: ServerResponse, ...args: any[]) {
    const lines = [response.getHeader('set-cookie') ?? []].flat().map(String)
    const undeclared = lines.filter((line) => !isDeclared(line))
    if (undeclared.length > 0) {
      const names = undeclared.map((line) => line.split('=')[0]).join(', ')
      response.removeHeader('set-cookie')
      if (app.inTest)
        throw new Error(`Undeclared cookie: ${names}. Add it to app/registries/cookies.ts`)
      logger.error({ cookies: names }, 'undeclared cookie stripped')
      response.setHeader(
        'set-cookie',
        lines.filter((line) => !undeclared.includes(line))
      )
    }
    return (writeHead as any).apply(response, args)
  } as typeof response.writeHead
}

function isDeclared(line: string) {
  const name = line.split('=')[0]
  const expires = /max-age=(0|-1)\b/i.test(line)
  return ownCookies.has(name) || (expires && withdrawableCookies.includes(name))
}
