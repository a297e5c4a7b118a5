import type { Viewer } from '#identity/viewer'
import GateDefaults from '#models/gate_defaults'
import Membership from '#models/membership'
import type Project from '#models/project'
import { contentOf } from '#models/report/content'
import { partsOf } from '#models/report/parts'
import { remarkOn } from '#models/report/periods'
import { standingOf } from '#models/report/seal'
import { gapsOf } from '#models/report/steps'
import { publicationOf, surroundingsOf } from '#models/report/surroundings'
import StatusReport from '#models/status_report'
import { historyOf } from '#pages/history'
import { reportView } from '#pages/reports/report_view'
import StatusReportPolicy from '#policies/status_report_policy'

/** One report: as it was published, or as it would be published now. */
export async function reportState(project: Project, report: StatusReport, viewer: Viewer) {
  const { content, seal } = await shown(project, report)
  const versions = await StatusReport.query()
    .where({ projectId: project.id, number: report.number, state: 'published' })
    .orderBy('version', 'desc')
  const successor = versions.find(({ version }) => version > report.version) ?? null
  const names = await Membership.names([report.submittedBy, report.returnedBy])
  return {
    report: {
      id: report.id,
      ref: report.ref,
      version: report.version,
      state: report.state,
      lockVersion: report.lockVersion,
      submittedBy: report.submittedBy && names.get(report.submittedBy),
      submittedAt: report.submittedAt,
      returnedBy: report.returnedBy && names.get(report.returnedBy),
      returnReason: report.returnReason,
    },
    view: await reportView(content, viewer),
    remark: await remarkOn(project, report),
    seal,
    versions: versions.length > 1 ? versions.map((row) => versionState(row, report)) : [],
    successor: successor && versionState(successor, report),
    gaps: report.isDraft ? await gapsOf(project, report) : [],
    history: viewer.can('audit.read', project) ? await steps(report, viewer) : [],
    can: await abilities(project, report, successor, viewer),
  }
}

/** What happened to it; changes to its text along the way are in the audit trail. */
async function steps({ id }: StatusReport, viewer: Viewer) {
  const about = { entityType: 'status_report', entityId: id }
  const entries = await historyOf(about, viewer, { limit: 8 })
  return entries.map((entry) => ({ ...entry, changes: [] }))
}

async function shown(project: Project, report: StatusReport) {
  if (report.isPublished) {
    const { content, body, sha256 } = await publicationOf(report)
    return { content, seal: { sha256, standing: await standingOf(report.id, { body, sha256 }) } }
  }
  const parts = await partsOf(report)
  const content = contentOf(project, report, parts, await surroundingsOf(project, report))
  return { content, seal: null }
}

function versionState({ id, version, publishedAt }: StatusReport, report: StatusReport) {
  return { id, version, publishedAt, isShown: id === report.id }
}

async function abilities(
  project: Project,
  report: StatusReport,
  successor: StatusReport | null,
  viewer: Viewer
) {
  const write = viewer.can('report.write', project)
  const isWaiting = report.state === 'submitted'
  const defaults = isWaiting ? await GateDefaults.current() : null
  return {
    edit: write && report.isDraft,
    giveBack: isWaiting && viewer.can('report.return', project),
    publish: defaults !== null && new StatusReportPolicy().publish(viewer, project, defaults),
    correct: write && report.isPublished && !successor,
    addTask: report.isPublished && viewer.can('task.create', project),
  }
}
