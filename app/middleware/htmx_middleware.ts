import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { previousPath } from '#identity/local_path'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    htmx: Htmx
  }
}

/** The only place that reads and writes htmx's headers. */
export class Htmx {
  readonly fragments = new Map<string, string>()

  constructor(private ctx: HttpContext) {}

  #whole = false

  /** True when htmx wants part of the page; a boosted link or form wants all of it. */
  get isPartial() {
    return !this.#whole && this.ctx.request.header('HX-Request-Type') === 'partial'
  }

  /** True when htmx can take the answer as a stream of events. */
  get readsStreams() {
    return this.isPartial && (this.ctx.request.header('accept') ?? '').includes('text/event-stream')
  }

  /** htmx 4 sends its target as `tag#id`; the id names the fragment. */
  get target() {
    return this.ctx.request.header('HX-Target')?.split('#')[1]
  }

  /** Renders a page, or only the fragment that htmx asked for. */
  async page(template: string, state: Record<string, unknown> = {}) {
    this.ctx.response.vary('HX-Request-Type, HX-Target')
    const html = await this.ctx.view.render(template, state)
    const fragment = this.isPartial && this.target && this.fragments.get(this.target)
    return fragment ? fragment + (this.fragments.get('around') ?? '') : html
  }

  /**
   * From here on the answer replaces the whole page, whatever part htmx asked for: an error page has no place inside a
   * list. That of a refused write comes after the page of its form, to which going back leads, and has the same address
   * because its own cannot be opened.
   */
  answerWhole() {
    const { request, response } = this.ctx
    if (!request.header('HX-Request')) return
    this.#whole = true
    response.header('HX-Retarget', 'body').header('HX-Reswap', 'innerHTML')
    if (request.method() !== 'GET') response.header('HX-Push-Url', previousPath(this.ctx, 'false'))
  }

  /** Leaves the page: a redirect swapped into a fragment would show one page inside another. */
  leaveTo(url: string) {
    if (this.isPartial) return this.ctx.response.status(204).header('HX-Redirect', url).send('')
    return this.ctx.response.seeOther(url)
  }
}

/** When the whole page is wanted no part is asked for, and keeping parts would hold on to every piece of it. */
const NONE_KEPT = { set() {} }

/** Gives each request its `htmx`, and the page a place to keep its parts. */
export default class HtmxMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    ctx.htmx = new Htmx(ctx)
    const fragments = ctx.htmx.isPartial ? ctx.htmx.fragments : NONE_KEPT
    ctx.view.share({ htmx: ctx.htmx, fragments })
    return next()
  }
}
