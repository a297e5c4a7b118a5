import string from '@adonisjs/core/helpers/string'
import type { Viewer } from '#identity/viewer'
import { citedLines, standing } from '#models/assistant/cited_lines'
import type Project from '#models/project'
import { draftedFields, mostIn } from '#models/report/drafted_fields'
import { partsOf } from '#models/report/parts'
import { valuesOf } from '#models/report/values'
import type StatusReport from '#models/status_report'
import { kindState } from '#pages/assistant/kind_page'
import { latestProposals, type Links, type Read } from '#pages/assistant/latest'
import { renderAnswer } from '#registries/answer_markdown'

/** The state of `pages/assistant/report_draft`: each drafted field, beside its present text. */
export async function reportDraftState(project: Project, viewer: Viewer, report: StatusReport) {
  const page = `/projects/${project.id}/assistant/reports/${report.id}`
  const values = valuesOf(report, await partsOf(report))
  const { read, links } = await latestProposals(project, viewer, 'report_draft', report.id)
  return {
    ...(await kindState(project, viewer, page)),
    report: {
      ref: report.ref,
      href: `/projects/${project.id}/reports/${report.id}`,
      isDraft: report.isDraft,
      lockVersion: report.lockVersion,
    },
    fields: read.map((one) => fieldState(one, links, values, project)),
  }
}

/** What is proposed for a field, as far as its sources exist and the reader may see them. */
export function proposedText(content: Read['content'], links: Links) {
  const lines = citedLines(String(content.text))
  const kept = standing(lines, links)
  return { lines: kept.map(({ line }) => line), left: lines.length - kept.length }
}

function fieldState(
  { proposal, content }: Read,
  links: Links,
  values: Record<string, string | null>,
  project: Project
) {
  const name = String(content.field)
  const now = values[string.camelCase(name)] ?? ''
  const { lines, left } = proposedText(content, links)
  return {
    name,
    label: draftedFields[name],
    most: mostIn(name),
    left,
    proposed: lines.join('\n'),
    diff: diffOf(now, lines, links),
    action: `/projects/${project.id}/assistant/drafts/${proposal.id}`,
  }
}

/** Line by line: what would be removed, what stays, and what is added, with links to its sources. */
function diffOf(now: string, lines: string[], links: Links) {
  const before = now.split('\n').filter((line) => line.trim() !== '')
  const [old, fresh] = [new Set(before), new Set(lines)]
  return [
    ...before.filter((line) => !fresh.has(line)).map((text) => ({ kind: 'gone', text, html: '' })),
    ...lines.map((line) => ({
      kind: old.has(line) ? 'kept' : 'new',
      text: line,
      html: renderAnswer(line.replace(/^- /, ''), links),
    })),
  ]
}
