import type { HttpContext } from '@adonisjs/core/http'
import type { Readable } from 'node:stream'
import { record } from '#audit/events'
import { csvStream } from '#exports/csv_stream'
import { dated, sendDownload } from '#exports/download'
import { jsonStream } from '#exports/json_stream'
import { FORMATS, type ExportedList, type Format } from '#exports/list'
import { xlsxStream } from '#exports/xlsx/stream'

const TYPES: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
}

/** Who reads an export, for as long as it takes: the request's transaction has ended by then. */
export function readerOf({ request, viewer }: HttpContext) {
  return {
    organisationId: viewer.organisation.id,
    userId: viewer.userId,
    requestId: request.id() ?? null,
  }
}

/**
 * Answers with a list as a download in the format of the address, and records in the audit trail which list was taken
 * by whom. Filters are not recorded: they may contain words that people searched for.
 */
export async function sendList<Row>(ctx: HttpContext, list: ExportedList<Row>) {
  const { project, response, route, viewer } = ctx
  const format = FORMATS.find((one) => route!.pattern.endsWith(`.${one}`))!
  await record({
    action: 'export.taken',
    ...(project
      ? { entityType: 'project', entityId: project.id, projectId: project.id }
      : { entityType: 'organisation', entityId: viewer.organisation.id }),
    facts: { ...(project && { ref: project.code }), kind: list.kind, format },
  })
  const file = { name: dated(list.name, format), type: TYPES[format] }
  return sendDownload(response, file, streamOf(format, list))
}

function streamOf<Row>(format: Format, { kind, columns, batches }: ExportedList<Row>): Readable {
  if (format === 'csv') return csvStream(columns, batches)
  if (format === 'json') return jsonStream(columns, batches)
  return xlsxStream(kind, columns, batches)
}
