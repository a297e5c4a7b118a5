import { errors } from '@adonisjs/lucid'
import type { HttpContext } from '@adonisjs/core/http'
import { dated, sendDownload } from '#exports/download'
import { onPlatform } from '#identity/platform'
import PrivacyExport from '#models/privacy_export'
import { isArchived, openArchive } from '#privacy/exports/store'

export default class PrivacyExportDownloadsController {
  /** Gives the copy to its owner, once. */
  async store(ctx: HttpContext) {
    const { params, person, response } = ctx
    const { id } = await onPlatform(ctx, () => PrivacyExport.fetchable(person!.id, params.id))
    if (!(await isArchived(id))) throw new errors.E_ROW_NOT_FOUND(PrivacyExport)
    await onPlatform(ctx, async () => {
      const found = await PrivacyExport.fetchable(person!.id, id)
      await found.takeOut()
    })
    const file = { name: dated('my-data', 'zip'), type: 'application/zip' }
    return sendDownload(response, file, await openArchive(id))
  }
}
