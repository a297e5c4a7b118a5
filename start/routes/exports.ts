import router from '#start/router'
import { FORMATS } from '#exports/list'
import type { Ability } from '#policies/permissions'

const Raid = () => import('#controllers/raid/exports_controller')
const Escalations = () => import('#controllers/exports/escalations_controller')
const Tasks = () => import('#controllers/tasks/exports_controller')
const Projects = () => import('#controllers/exports/projects_controller')
const ProjectRequests = () => import('#controllers/exports/project_requests_controller')
const Portfolio = () => import('#controllers/exports/portfolio_controller')
const Members = () => import('#controllers/exports/members_controller')
const Gates = () => import('#controllers/exports/gates_controller')
const GateCalendars = () => import('#controllers/exports/gate_calendars_controller')
const Conditions = () => import('#controllers/exports/conditions_controller')
const Schemas = () => import('#controllers/exports/schemas_controller')
const ReportOverviews = () => import('#controllers/exports/report_overviews_controller')
const Reports = () => import('#controllers/exports/reports_controller')

router.get('/lists.schema.json', [Schemas, 'show']).as('lists.schema').can('organisation.enter')

exported('/projects', Projects, 'projects', 'organisation.enter')
exported('/project-requests', ProjectRequests, 'project_requests', 'project.request')
exported('/portfolio', Portfolio, 'portfolio', 'organisation.enter')
exported('/members', Members, 'members', 'member.read')
exported('/raid', Raid, 'raid_log', 'organisation.enter')
exported('/escalations', Escalations, 'escalations', 'organisation.enter')
exported('/tasks', Tasks, 'tasks_across', 'organisation.enter')
exported('/gates', GateCalendars, 'gate_calendar', 'organisation.enter')
exported('/reports', ReportOverviews, 'report_overview', 'organisation.enter')
exported('/projects/:project_id/raid', Raid, 'raid_items', 'raid.export')
exported('/projects/:project_id/tasks', Tasks, 'tasks', 'task.export')
exported('/projects/:project_id/gates', Gates, 'gates', 'gate.read')
exported('/projects/:project_id/conditions', Conditions, 'gate_conditions', 'gate.read')
exported('/projects/:project_id/reports', Reports, 'status_reports', 'report.read')

/** A list in each format, beside its page and for the people who may read that. */
function exported(path: string, controller: () => Promise<any>, name: string, ability: Ability) {
  for (const format of FORMATS) {
    router
      .get(`${path}.${format}`, [controller, 'show'])
      .as(`${name}.export.${format}`)
      .limited('export')
      .can(ability)
      .audits('export.taken')
  }
}
