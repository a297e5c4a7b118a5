import { inject } from '@adonisjs/core'
// Its class is what the container makes.
// oxlint-disable-next-line typescript/consistent-type-imports
import StaticMiddleware from '@adonisjs/static/static_middleware'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Looks on disk only for paths with a file's name; our pages have none. */
@inject()
export default class StaticFilesMiddleware {
  constructor(protected files: StaticMiddleware) {}

  handle(ctx: HttpContext, next: NextFn) {
    return /\.\w+$/.test(ctx.request.url()) ? this.files.handle(ctx, next) : next()
  }
}
