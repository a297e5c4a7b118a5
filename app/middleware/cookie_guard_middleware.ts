import type { ServerResponse } from 'node:http'
import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { strippedCookies } from '#privacy/stripped_cookies'
import { ownCookies, withdrawableCookies } from '#registries/cookies'

/** Blocks every cookie that the registry does not declare: an error in tests, stripped and alerted elsewhere. */
export default class CookieGuardMiddleware {
  handle({ response }: HttpContext, next: NextFn) {
    guard(response.response, { strict: app.inTest })
    return next()
  }
}

/** Wraps the one call through which every header is sent, whoever set it. */
export function guard(response: ServerResponse, { strict }: { strict: boolean }) {
  const writeHead = response.writeHead
  response.writeHead = function (this: ServerResponse, ...args: any[]) {
    collectCookies(response, args)
    const lines = [response.getHeader('set-cookie') ?? []].flat().map(String)
    const undeclared = lines.filter((line) => !isDeclared(line))
    if (undeclared.length > 0) {
      const names = undeclared.map(nameOf).join(', ')
      keep(
        response,
        lines.filter((line) => !undeclared.includes(line))
      )
      if (strict) {
        // The framework writes the answer where nothing catches: without this, the client would wait for ever.
        response.destroy()
        throw new Error(`Undeclared cookie: ${names}. See app/registries/cookies.ts`)
      }
      for (const line of undeclared) strippedCookies.add(nameOf(line))
      logger.error({ cookies: names }, 'undeclared cookie stripped')
    }
    return (writeHead as any).apply(response, args)
  } as typeof response.writeHead
}

/** Cookies may also come as an argument of writeHead; they are merged with the others and checked alike. */
function collectCookies(response: ServerResponse, args: any[]) {
  const index = args.findIndex((arg) => typeof arg === 'object' && arg !== null)
  if (index < 0) return
  const headers = pairs(args[index])
  const others = headers.filter(([name]) => !isSetCookie(name))
  if (others.length === headers.length) return
  for (const [name, value] of headers) {
    if (isSetCookie(name)) response.appendHeader('set-cookie', value)
  }
  args[index] = Array.isArray(args[index]) ? others.flat() : Object.fromEntries(others)
}

function pairs(headers: any): [string, any][] {
  if (!Array.isArray(headers)) return Object.entries(headers)
  if (Array.isArray(headers[0])) return headers as [string, any][]
  return headers.flatMap((name, index) =>
    index % 2 === 0 ? [[name, headers[index + 1]] as [string, any]] : []
  )
}

function isSetCookie(name: string) {
  return String(name).toLowerCase() === 'set-cookie'
}

function keep(response: ServerResponse, lines: string[]) {
  if (lines.length > 0) response.setHeader('set-cookie', lines)
  else response.removeHeader('set-cookie')
}

function isDeclared(line: string) {
  const expires = /;\s*max-age=(0|-\d+)\s*(;|$)/i.test(line)
  return ownCookies.has(nameOf(line)) || (expires && withdrawableCookies.includes(nameOf(line)))
}

function nameOf(line: string) {
  return line.split(/[=;]/)[0].trim()
}
