import { PassThrough } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'
import { StreamedNames } from '#assistant/restoring'
import type { Run } from '#assistant/run'
import AiInteraction from '#models/ai_interaction'
import { peopleBehind } from '#models/assistant/people'
import { turnState } from '#pages/assistant/turn'
import Tenancy from '#tenancy/tenancy'

/**
 * Answers with a stream of events: the question as it stands in the conversation, the answer as it comes,
 * and at its end the whole of it as any later page shows it. Nothing is held open in the database meanwhile;
 * a reader who leaves ends the call.
 */
export async function streamAnswer(ctx: HttpContext, interaction: AiInteraction, run: Run) {
  const { project, response, view, viewer } = ctx
  const events = new PassThrough()
  const names = new StreamedNames(await peopleBehind([interaction]))
  const [turn] = await turnState([interaction], project, viewer)
  send(events, await view.render('partials/assistant/begun', { turn, project }))
  run.afterCommit({
    signal: signalOf(ctx),
    onText: (text) => write(events, interaction.id, names.push(text)),
    onEnd: async () => {
      const whole = await wholeTurn(ctx, interaction.id).catch(() => null)
      if (whole) send(events, whole)
      events.end()
    },
  })
  response.header('content-type', 'text/event-stream; charset=utf-8')
  response.header('cache-control', 'no-store')
  response.header('x-accel-buffering', 'no')
  return response.stream(events)
}

/** Says when the browser has gone before the answer was whole. */
function signalOf({ response }: HttpContext) {
  const reader = new AbortController()
  response.response.once('close', () => reader.abort())
  return reader.signal
}

/** The next piece of text, as text: markup in it shows as it is written. */
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
