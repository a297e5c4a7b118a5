import { ReadOnlyValuesStore } from '@adonisjs/session'
import type { HttpContext } from '@adonisjs/core/http'
import { keepToOurselves } from '#identity/secret_address'
import { SavedAlready } from '#identity/sent_forms'
import { typedText } from '#identity/typed_words'
import { withoutTold } from '#identity/told_names'
import { StaleRecord } from '#models/saving/stale_record'
import { holderOfLink } from '#models/task_link/lookup'
import { OpenedTask } from '#models/task_link/opened_task'
import { linkedTaskState } from '#pages/linked_tasks/linked_task_page'
import Tenancy from '#tenancy/tenancy'

const CHANGED = 'Someone changed this task. Check the current version below, then answer again.'

/** Why the page is shown again instead of doing what was asked. */
type Problem = { status: number; errors?: Record<string, string[]>; warning?: string }

/**
 * Shows the task behind the link, or that the link has ended. Changes nothing, because mail scanners open links too.
 */
export async function showTask(ctx: HttpContext, problem: Problem = { status: 200 }) {
  keepToOurselves(ctx)
  const html = await asHolder(ctx, async () => {
    const opened = await OpenedTask.behind(ctx.params.token)
    return opened && renderTask(ctx, opened, problem)
  })
  if (html === null) return gone(ctx)
  ctx.response.status(problem.status)
  return html
}

/**
 * Lets the person outside act on their task, and shows it again. A refusal is shown on a page of its own, with what was
 * typed: it could be carried over only in a session, and they have none.
 */
export async function answerTask(
  ctx: HttpContext,
  act: (opened: OpenedTask) => Promise<{ told: string }>
) {
  keepToOurselves(ctx)
  const { token } = ctx.params
  try {
    const done = await asHolder(ctx, async () => {
      const opened = await OpenedTask.toAnswer(token)
      return opened && act(opened)
    })
    if (done === null) return gone(ctx)
    return toTask(ctx, done.told)
  } catch (error: any) {
    if (error instanceof SavedAlready) return toTask(ctx, 'saved')
    if (error instanceof StaleRecord) return showTask(ctx, { status: 409, warning: CHANGED })
    if (error.code !== 'E_VALIDATION_ERROR') throw error
    return showTask(ctx, { status: 422, errors: byField(error.messages) })
  }
}

function toTask({ params, response }: HttpContext, told: string) {
  return response.seeOther(`/task/${params.token}?told=${told}`)
}

/** Runs work in the holder's organisation and in their name. Null when the token is unknown. */
async function asHolder<T>(ctx: HttpContext, work: () => Promise<T | null>) {
  const { params, request, sentForm } = ctx
  const holder = await holderOfLink(params.token)
  if (!holder) return null
  const requestId = request.id() ?? null
  const tenant = { ...holder, userId: null, requestId, actorKind: 'external' as const }
  return Tenancy.run({ ...tenant, claim: sentForm?.claim }, work)
}

async function renderTask(ctx: HttpContext, opened: OpenedTask, { errors, warning }: Problem) {
  if (errors || warning) {
    const typed = { ...withoutTold(ctx.request.body()), inputErrorsBag: errors ?? {} }
    ctx.view.share({ flashMessages: new ReadOnlyValuesStore(typed) })
  }
  const state = await linkedTaskState(opened, ctx.request.qs().told)
  return ctx.htmx.page('pages/linked_tasks/show', { ...state, warning, token: ctx.params.token })
}

/** Replaced, revoked, expired and never issued all read the same. What was typed can still be copied. */
function gone({ htmx, request, response }: HttpContext) {
  response.status(410)
  const wrote = request.method() !== 'GET'
  return htmx.page('pages/linked_tasks/gone', { typed: wrote ? typedText(request) : [], wrote })
}

function byField(messages: { field: string; message: string }[]) {
  const fields: Record<string, string[]> = {}
  for (const { field, message } of messages) fields[field] = [...(fields[field] ?? []), message]
  return fields
}
