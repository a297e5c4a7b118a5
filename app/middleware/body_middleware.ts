import { Exception } from '@adonisjs/core/exceptions'
import BodyParserMiddleware from '@adonisjs/core/bodyparser_middleware'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { keepUploads } from '#middleware/kept_uploads'

/** Nothing that is sent here nests half as deep. */
const DEEPEST = 100

/** The input nests so deep that recursing through it would exhaust the stack. */
class BodyTooDeep extends Exception {
  static status = 400
  static code = 'E_BODY_TOO_DEEP'
  static message = 'What was sent nests too deep to be read'
}

/** The body is not packed as its header says. */
class BodyNotUnpacked extends Exception {
  static status = 400
  static code = 'E_BODY_NOT_UNPACKED'
  static message = 'What was sent cannot be unpacked'
}

/** Parses the body, and refuses endless nesting: the parser copies it by recursion. */
export default class BodyMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const parser = await ctx.containerResolver.make(BodyParserMiddleware)
    let isRead = false
    try {
      return await parser.handle(ctx, async () => {
        await keepUploads(ctx.request)
        isRead = true
        if (nestsBeyond(ctx.request.body(), DEEPEST)) throw new BodyTooDeep()
        return next()
      })
    } catch (error) {
      if (!isRead && error instanceof RangeError) throw new BodyTooDeep()
      if (!isRead && isOfUnpacking(error)) throw new BodyNotUnpacked()
      throw error
    }
  }
}

/** Node.js's errors of gzip, deflate and Brotli. */
function isOfUnpacking({ code }: any) {
  return /^(Z_|ERR__ERROR)/.test(code ?? '')
}

/** Walks it level by level, which needs no stack. */
function nestsBeyond(body: unknown, deepest: number) {
  let level = [body].filter(isNested)
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true
    level = level.flatMap((one) => Object.values(one)).filter(isNested)
  }
  return false
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
