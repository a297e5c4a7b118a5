import type Project from '#models/project'
import type { ReportParts } from '#models/report/parts'
import type StatusReport from '#models/status_report'

/** What a published report says becomes what the project's manager declares. */
export async function declareFrom(_project: Project, _report: StatusReport, _parts: ReportParts) {}
