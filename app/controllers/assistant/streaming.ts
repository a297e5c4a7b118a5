import { PassThrough } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'
import { maySeeOn, readerOf } from '#controllers/assistant/reading_on'
import { StreamedNames } from '#assistant/restoring'
import type { Run } from '#assistant/run'
import AiInteraction from '#models/ai_interaction'
import { peopleBehind } from '#models/assistant/people'
import { turnState } from '#pages/assistant/turn'
import Tenancy from '#tenancy/tenancy'

/** Shown to someone who was signed out or may no longer see the project, instead of the question and answer. */
const BROKEN_OFF =
  '<hx-partial hx-target="#assistant-status" hx-swap="innerHTML">The answer was interrupted. Refresh this page to see what you can access now.</hx-partial>'

/**
 * Answers with a stream of events: the question as shown in the conversation, the answer as it arrives, and finally the
 * whole of it as any later page shows it. The database connection is free meanwhile; if the reader leaves, is signed
 * out or loses the project, the call ends.
 */
export async function streamAnswer(ctx: HttpContext, interaction: AiInteraction, run: Run) {
  const { project, response, view, viewer } = ctx
  const events = new PassThrough()
  const names = new StreamedNames(await peopleBehind([interaction]))
  const [turn] = await turnState([interaction], project, viewer)
  send(events, await view.render('partials/assistant/begun', { turn, project }))
  const signal = readerOf(ctx)
  run.afterCommit({
    signal,
    onText: (text) => !signal.aborted && write(events, interaction.id, names.push(text)),
    onEnd: async () => {
      const mayRead = !signal.aborted && (await maySeeOn(ctx).catch(() => false))
      const whole = mayRead && (await wholeTurn(ctx, interaction.id).catch(() => null))
      send(events, whole || BROKEN_OFF)
      events.end()
    },
  })
  response.header('content-type', 'text/event-stream; charset=utf-8')
  response.header('cache-control', 'no-store')
  response.header('x-accel-buffering', 'no')
  return response.stream(events)
}

/** The next piece of text, escaped: markup in it shows as written. */
function write(events: PassThrough, id: string, text: string) {
  if (!text) return
  send(
    events,
    `<hx-partial hx-target="#answer-${id}" hx-swap="beforeend"><span>${escaped(text)}</span></hx-partial>`
  )
}

function wholeTurn({ project, view, viewer }: HttpContext, id: string) {
  const { id: organisationId } = viewer.organisation
  return Tenancy.run({ organisationId, userId: viewer.userId, requestId: null }, async () => {
    const interaction = await AiInteraction.findOwn(project, viewer, id)
    const [turn] = await turnState([interaction], project, viewer)
    return view.render('partials/assistant/ended', { turn, project })
  })
}

function send(events: PassThrough, html: string) {
  if (events.destroyed) return
  const lines = html.trim().split(/\r\n|\r|\n/)
  events.write(`${lines.map((line) => `data: ${line}`).join('\n')}\n\n`)
}

function escaped(text: string) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
