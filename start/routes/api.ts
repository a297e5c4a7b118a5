import router from '#start/router'

const AuditEvents = () => import('#controllers/api/audit_events_controller')
const Conditions = () => import('#controllers/api/conditions_controller')
const Descriptions = () => import('#controllers/api/descriptions_controller')
const Escalations = () => import('#controllers/api/escalations_controller')
const EscalationWithdrawals = () => import('#controllers/api/escalation_withdrawals_controller')
const Gates = () => import('#controllers/api/gates_controller')
const Holders = () => import('#controllers/api/holders_controller')
const Members = () => import('#controllers/api/members_controller')
const Projects = () => import('#controllers/api/projects_controller')
const RaidItems = () => import('#controllers/api/raid_items_controller')
const RaidAnswers = () => import('#controllers/api/raid_answers_controller')
const RaidStatuses = () => import('#controllers/api/raid_statuses_controller')
const Reports = () => import('#controllers/api/reports_controller')
const Tasks = () => import('#controllers/api/tasks_controller')
const TaskStatuses = () => import('#controllers/api/task_statuses_controller')

router
  .group(() => {
    router
      .get('/token', [Holders, 'show'])
      .as('api.token.show')
      .canByToken('organisation.enter', null)

    router
      .get('/projects', [Projects, 'index'])
      .as('api.projects.index')
      .canByToken('organisation.enter', 'projects:read')
    router
      .post('/projects', [Projects, 'store'])
      .as('api.projects.store')
      .canByToken('project.create', 'projects:write')
      .audits('project.created')
    router
      .get('/raid', [RaidItems, 'index'])
      .as('api.raid_items_across.index')
      .canByToken('organisation.enter', 'raid:read')
    router
      .get('/tasks', [Tasks, 'index'])
      .as('api.tasks_across.index')
      .canByToken('organisation.enter', 'tasks:read')
    router
      .get('/members', [Members, 'index'])
      .as('api.members.index')
      .canByToken('member.read', 'members:read')
    router
      .get('/audit-events', [AuditEvents, 'index'])
      .as('api.audit_events.index')
      .canByToken('audit.read.organisation', 'audit:read')
  })
  .prefix('/api/v1')

router
  .group(() => {
    router
      .get('/', [Projects, 'show'])
      .as('api.projects.show')
      .canByToken('project.read', 'projects:read')
    router
      .patch('/', [Projects, 'update'])
      .as('api.projects.update')
      .canByToken('project.update', 'projects:write')
      .audits('project.updated')
    router
      .get('/members', [Members, 'index'])
      .as('api.project_members.index')
      .canByToken('project_member.read', 'projects:read')
    router
      .get('/audit-events', [AuditEvents, 'index'])
      .as('api.project_audit_events.index')
      .canByToken('audit.read', 'audit:read')

    router
      .get('/raid', [RaidItems, 'index'])
      .as('api.raid_items.index')
      .canByToken('raid.read', 'raid:read')
    router
      .post('/raid', [RaidItems, 'store'])
      .as('api.raid_items.store')
      .canByToken('raid.raise', 'raid:write')
      .audits('raid_item.created')
    router
      .get('/raid/:id', [RaidItems, 'show'])
      .as('api.raid_items.show')
      .canByToken('raid.read', 'raid:read')
    router
      .patch('/raid/:id', [RaidItems, 'update'])
      .as('api.raid_items.update')
      .canByToken('raid.update.own', 'raid:write')
      .audits('raid_item.updated')
    router
      .put('/raid/:id/status', [RaidStatuses, 'update'])
      .as('api.raid_items.statuses.update')
      .canByToken('raid.update.own', 'raid:write')
      .audits('raid_item.status_changed')
    router
      .put('/raid/:id/answer', [RaidAnswers, 'update'])
      .as('api.raid_items.answers.update')
      .canByToken('raid.update', 'raid:write')
      .audits('raid_item.answered')

    router
      .get('/raid/:id/escalations', [Escalations, 'index'])
      .as('api.raid_escalations.index')
      .canByToken('raid.read', 'raid:read')
    router
      .post('/raid/:id/escalations', [Escalations, 'store'])
      .as('api.raid_escalations.store')
      .canByToken('raid.update.own', 'raid:write')
      .audits('raid_escalation.created')
    router
      .get('/raid/:id/escalations/:escalation_id', [Escalations, 'show'])
      .as('api.raid_escalations.show')
      .canByToken('raid.read', 'raid:read')
    router
      .put('/raid/:id/escalations/:escalation_id/answer', [Escalations, 'update'])
      .as('api.raid_escalations.update')
      .canByToken('raid.read', 'raid:write')
      .audits('raid_escalation.accepted')
    router
      .put('/raid/:id/escalations/:escalation_id/withdrawal', [EscalationWithdrawals, 'update'])
      .as('api.raid_escalations.withdrawals.update')
      .canByToken('raid.update.own', 'raid:write')
      .audits('raid_escalation.taken_back')

    router
      .get('/tasks', [Tasks, 'index'])
      .as('api.tasks.index')
      .canByToken('task.read', 'tasks:read')
    router
      .post('/tasks', [Tasks, 'store'])
      .as('api.tasks.store')
      .canByToken('task.create', 'tasks:write')
      .audits('task.created')
    router
      .get('/tasks/:id', [Tasks, 'show'])
      .as('api.tasks.show')
      .canByToken('task.read', 'tasks:read')
    router
      .patch('/tasks/:id', [Tasks, 'update'])
      .as('api.tasks.update')
      .canByToken('task.update.own', 'tasks:write')
      .audits('task.updated')
    router
      .put('/tasks/:id/status', [TaskStatuses, 'update'])
      .as('api.tasks.statuses.update')
      .canByToken('task.move.own', 'tasks:write')
      .audits('task.status_changed')

    router
      .get('/gates', [Gates, 'index'])
      .as('api.gates.index')
      .canByToken('gate.read', 'gates:read')
    router
      .get('/gates/:id', [Gates, 'show'])
      .as('api.gates.show')
      .canByToken('gate.read', 'gates:read')
    router
      .get('/gates/:id/readiness', [Gates, 'readiness'])
      .as('api.gates.readiness.show')
      .canByToken('gate.read', 'gates:read')
    router
      .get('/gates/:id/evidence', [Gates, 'evidence'])
      .as('api.gates.evidence.index')
      .canByToken('gate.read', 'gates:read')
    router
      .get('/conditions', [Conditions, 'index'])
      .as('api.conditions.index')
      .canByToken('gate.read', 'gates:read')
    router
      .get('/conditions/:id', [Conditions, 'show'])
      .as('api.conditions.show')
      .canByToken('gate.read', 'gates:read')

    router
      .get('/reports', [Reports, 'index'])
      .as('api.reports.index')
      .canByToken('report.read', 'reports:read')
    router
      .post('/reports', [Reports, 'store'])
      .as('api.reports.store')
      .canByToken('report.write', 'reports:write')
      .audits('status_report.created')
    router
      .get('/reports/:id', [Reports, 'show'])
      .as('api.reports.show')
      .canByToken('report.read', 'reports:read')
    router
      .patch('/reports/:id', [Reports, 'update'])
      .as('api.reports.update')
      .canByToken('report.write', 'reports:write')
      .audits('status_report.updated')
  })
  .prefix('/api/v1/projects/:project_id')

router
  .get('/api', [Descriptions, 'index'])
  .as('api.descriptions.index')
  .forAnyone('what programs can ask is no secret')
router
  .get('/api/v1/openapi.json', [Descriptions, 'show'])
  .as('api.descriptions.show')
  .forAnyone('what programs can ask is no secret')
