import type { HttpContext } from '@adonisjs/core/http'
import { previousPath } from '#identity/local_path'
import { USER_KEY } from '#identity/session_store'
import { NOTICE_KEY } from '#middleware/policy_notice_middleware'
import PolicyNotice from '#models/policy_notice'
import { openNotices } from '#privacy/open_notices'
import { publication } from '#privacy/publication'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

export default class NoticesController {
  /** Dismisses the notice of a changed policy: for good with an account, for the session without. */
  async update(ctx: HttpContext) {
    const { response, session } = ctx
    const news = publication()
    const userId = session.get(USER_KEY)
    if (news) {
      if (userId) {
        await Tenancy.system(PLATFORM, () => PolicyNotice.dismiss(userId, news.version))
        openNotices.delete(userId, news.version)
      }
      session.put(NOTICE_KEY, news.version)
    }
    return response.seeOther(previousPath(ctx, '/'))
  }
}
