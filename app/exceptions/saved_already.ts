import type { HttpContext } from '@adonisjs/core/http'
import { previousPath } from '#identity/local_path'
import type { SavedAlready } from '#identity/sent_forms'
import { hasMessageWaiting, leaveAsStored } from '#identity/session_with_change'

const TOLD = 'This has already been saved.'
const UNDER_WAY = 'This is still being saved. Check whether it is there before you send it again.'

/**
 * Leads a person who sent a form twice to where it led the first time. If the message of the first time was not read
 * yet, as after a double click, it still is; otherwise they are told that nothing more was done.
 */
export async function leadOn(ctx: HttpContext, { path, underWay }: SavedAlready) {
  const led = path ?? (await (underWay ?? ctx.sentForm)?.ledTo())
  if (await hasMessageWaiting(ctx)) leaveAsStored(ctx)
  else ctx.session.flash('info', underWay && !led ? UNDER_WAY : TOLD)
  return ctx.htmx.leaveTo(led ?? previousPath(ctx, '/'))
}
