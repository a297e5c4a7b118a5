import type { HttpContext } from '@adonisjs/core/http'
import { openPack } from '#exports/board_pack/store'
import { sendDownload } from '#exports/download'
import BoardPack from '#models/board_pack'
import { packFormats } from '#models/board_pack/enumerations'
import { readersZone } from '#models/time_zone'
import { downloadPack } from '#validators/board_pack'

export default class PackDownloadsController {
  /** Gives one of a pack's files to its owner. */
  async store({ params, request, response, viewer }: HttpContext) {
    const { format } = await request.validateUsing(downloadPack)
    const pack = await BoardPack.takeOut(viewer, params.id, format)
    const { organisationId, id: packId } = pack
    const name = `board-pack-${pack.contentAt!.setZone(readersZone()).toISODate()}.${format}`
    const content = await openPack({ organisationId, packId }, format)
    return sendDownload(response, { name, type: packFormats[format].type }, content)
  }
}
