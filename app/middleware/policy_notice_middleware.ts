import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { USER_KEY } from '#identity/session_store'
import PolicyNotice from '#models/policy_notice'
import { accountMadeAt } from '#models/user'
import { openNotices } from '#privacy/open_notices'
import {
  concernsAccount,
  concernsVisitors,
  publication,
  type Publication,
} from '#privacy/publication'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** Holds the version that this session need not be shown again. */
export const NOTICE_KEY = 'policy_notice'

/** Shares the notice of a changed policy with each page, until it is dismissed. */
export default class PolicyNoticeMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { htmx, request, session, view } = ctx
    const news = publication()
    if (news && request.method() === 'GET' && !htmx.isPartial) {
      const isKnown = session.get(NOTICE_KEY) === news.version
      if (!isKnown && (await isDue(ctx, news))) view.share({ policyNotice: news })
    }
    return next()
  }
}

/** Queried only for accounts older than the change, now and then until it is dismissed. */
async function isDue({ session }: HttpContext, news: Publication) {
  const userId = session.get(USER_KEY)
  if (!userId) return concernsVisitors(news)
  if (!concernsAccount(news, accountMadeAt(userId))) return false
  if (openNotices.has(userId, news.version)) return true
  const isOpen = await Tenancy.system(PLATFORM, () => PolicyNotice.show(userId, news.version))
  if (isOpen) openNotices.add(userId, news.version)
  else session.put(NOTICE_KEY, news.version)
  return isOpen
}
