import type { HttpContext } from '@adonisjs/core/http'
import { orRefused } from '#controllers/refusal'
import { askFor, prepare, type Kind } from '#assistant/kinds/kind'
import { sentState } from '#pages/assistant/sent'

/** The form for asking for one kind of thing. */
export type KindForm<About> = {
  kind: Kind<About>
  template: string
  /** Its page’s address. */
  path: (ctx: HttpContext) => string
  /** The subject of the question, if its asker may see and change it. */
  about: (ctx: HttpContext) => Promise<About>
  /** The state of the page, with anything that was typed. */
  state: (ctx: HttpContext) => Promise<Record<string, unknown>>
}

/** The form, before anything is asked. */
export async function showForm<About>(ctx: HttpContext, { template, state }: KindForm<About>) {
  return ctx.htmx.page(template, { ...(await state(ctx)), preview: null })
}

/** The page again, with exactly what asking would send. */
export function showWhatWouldBeSent<About>(ctx: HttpContext, form: KindForm<About>) {
  return orBack(ctx, form, async () => {
    const { body, manifest } = await prepare(form.kind, ctx, await form.about(ctx))
    ctx.response.header('cache-control', 'no-store')
    return ctx.htmx.page(form.template, {
      ...(await form.state(ctx)),
      preview: await sentState(JSON.stringify(body), manifest),
    })
  })
}

/** Asks, and leads to the page that waits for the answer. */
export function askByForm<About>(ctx: HttpContext, form: KindForm<About>) {
  return orBack(ctx, form, async () => {
    const about = await form.about(ctx)
    const { interaction, run } = await askFor(ctx.request, form.kind, ctx, about)
    run.afterCommit()
    return ctx.response.seeOther(
      `/projects/${ctx.project.id}/assistant/questions/${interaction.id}`
    )
  })
}

/** The preview has no address to return to, so the form's is used. */
function orBack<About>(ctx: HttpContext, { path }: KindForm<About>, work: () => Promise<unknown>) {
  return orRefused(work, (refusal) => {
    ctx.session.flashValidationErrors(refusal)
    return ctx.htmx.leaveTo(path(ctx))
  })
}
