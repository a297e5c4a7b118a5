import router from '#start/router'

const Calendar = () => import('#controllers/gates/calendar_controller')
const Gates = () => import('#controllers/gates/gates_controller')
const Readiness = () => import('#controllers/gates/readiness_controller')
const Dates = () => import('#controllers/gates/dates_controller')
const Baselines = () => import('#controllers/gates/baselines_controller')
const Criteria = () => import('#controllers/gates/criteria_controller')
const Waivers = () => import('#controllers/gates/waivers_controller')
const Evidence = () => import('#controllers/gates/evidence_controller')
const Lifecycles = () => import('#controllers/gates/lifecycles_controller')
const Timetables = () => import('#controllers/gates/timetables_controller')
const Stages = () => import('#controllers/gates/stages_controller')

router
  .get('/gates', [Calendar, 'index'])
  .as('gate_calendar.index')
  .readsReplica()
  .can('organisation.enter')

router
  .group(() => {
    router.get('/gates', [Gates, 'index']).as('gates.index').readsReplica().can('gate.read')
    router.get('/gates/:id', [Gates, 'show']).as('gates.show').can('gate.read')
    router
      .get('/gates/:id/readiness', [Readiness, 'show'])
      .as('gates.readiness.show')
      .can('gate.read')
    router.get('/gates/:id/dates/edit', [Dates, 'edit']).as('gates.dates.edit').can('gate.update')
    router
      .put('/gates/:id/dates', [Dates, 'update'])
      .as('gates.dates.update')
      .can('gate.update')
      .audits('gate.rescheduled')
    router
      .get('/gates/:id/baselines/create', [Baselines, 'create'])
      .as('gates.baselines.create')
      .can('gate.update')
    router
      .post('/gates/:id/baselines', [Baselines, 'store'])
      .as('gates.baselines.store')
      .can('gate.update')
      .audits('gate.rebaselined')
    router.get('/timetable/edit', [Timetables, 'edit']).as('timetables.edit').can('gate.update')
    router
      .put('/timetable', [Timetables, 'update'])
      .as('timetables.update')
      .can('gate.update')
      .audits('gate.rescheduled')
    router
      .get('/lifecycle/edit', [Lifecycles, 'edit'])
      .as('projects.lifecycle.edit')
      .can('gate.update')
    router
      .put('/lifecycle', [Lifecycles, 'update'])
      .as('projects.lifecycle.update')
      .can('gate.update')
      .audits('project.lifecycle_adopted')
    router.get('/stages/:id/edit', [Stages, 'edit']).as('stages.edit').can('gate.update')
    router
      .put('/stages/:id', [Stages, 'update'])
      .as('stages.update')
      .can('gate.update')
      .audits('stage.rescheduled')
  })
  .prefix('/projects/:project_id')

router
  .group(() => {
    router.get('/:id', [Criteria, 'show']).as('gate_criteria.show').can('gate.read')
    router
      .put('/:id', [Criteria, 'update'])
      .as('gate_criteria.update')
      .can('gate.assess.own')
      .audits('gate_criterion.assessed')
    router
      .post('/:id/waiver', [Waivers, 'store'])
      .as('gate_criteria.waivers.store')
      .can('gate.assess.own')
      .audits('gate_criterion.waiver_requested')
    router
      .put('/:id/waiver', [Waivers, 'update'])
      .as('gate_criteria.waivers.update')
      .can('gate.consent')
      .audits('gate_criterion.waiver_answered')
    router
      .delete('/:id/waiver', [Waivers, 'destroy'])
      .as('gate_criteria.waivers.destroy')
      .can('gate.assess.own')
      .audits('gate_criterion.waiver_withdrawn')
    router
      .post('/:criterion_id/evidence', [Evidence, 'store'])
      .as('gate_evidence.store')
      .can('gate.assess.own')
      .audits('gate_evidence.created')
    router
      .get('/:criterion_id/evidence/:id/file', [Evidence, 'show'])
      .as('gate_evidence.show')
      .can('gate.read')
    router
      .delete('/:criterion_id/evidence/:id', [Evidence, 'destroy'])
      .as('gate_evidence.destroy')
      .can('gate.assess.own')
      .audits('gate_evidence.removed')
  })
  .prefix('/projects/:project_id/gates/:gate_id/criteria')
