import router from '#start/router'

const AlertDismissals = () => import('#controllers/account/alert_dismissals_controller')
const Profiles = () => import('#controllers/account/profiles_controller')
const Sessions = () => import('#controllers/account/sessions_controller')
const OtherSessions = () => import('#controllers/account/other_sessions_controller')
const Feedback = () => import('#controllers/feedback/feedback_controller')
const Tokens = () => import('#controllers/account/tokens_controller')
const Activities = () => import('#controllers/account/activities_controller')

router
  .get('/profile', [Profiles, 'edit'])
  .as('profile.edit')
  .forPerson('an account is the person’s own, in whatever organisations')
router
  .put('/profile', [Profiles, 'update'])
  .as('profile.update')
  .forPerson('an account is the person’s own, in whatever organisations')
  .audits('profile.updated')

router
  .get('/profile/sessions', [Sessions, 'index'])
  .as('profile.sessions.index')
  .forPerson('a session is the person’s own, not an organisation’s')
router
  .delete('/profile/sessions', [OtherSessions, 'destroy'])
  .as('profile.other_sessions.destroy')
  .forPerson('a session is the person’s own, not an organisation’s')
  .audits('session.ended')
router
  .delete('/profile/sessions/:id', [Sessions, 'destroy'])
  .as('profile.sessions.destroy')
  .forPerson('a session is the person’s own, not an organisation’s')
  .audits('session.ended')

router
  .get('/feedback', [Feedback, 'index'])
  .as('feedback.index')
  .forPerson('feedback goes to the platform, from people in whatever organisations')
router
  .get('/feedback/create', [Feedback, 'create'])
  .as('feedback.create')
  .forPerson('feedback goes to the platform, from people in whatever organisations')
router
  .post('/feedback', [Feedback, 'store'])
  .as('feedback.store')
  .limited('feedback')
  .forPerson('feedback goes to the platform, from people in whatever organisations')
  .audits('feedback.created')

router
  .get('/profile/activity', [Activities, 'index'])
  .as('profile.activity')
  .can('organisation.enter')

router
  .post('/alerts/:id/dismissal', [AlertDismissals, 'store'])
  .as('alerts.dismissals.store')
  .limited('dismissal')
  .forAnyone('the platform tells everyone, signed in or not')
  .unaudited('puts a notice away in the session and changes no record')
router
  .get('/profile/tokens', [Tokens, 'index'])
  .as('profile.tokens.index')
  .can('organisation.enter')
router
  .post('/profile/tokens', [Tokens, 'store'])
  .as('profile.tokens.store')
  .can('organisation.enter')
  .signedInWithin(60)
  .audits('api_token.created')
router
  .delete('/profile/tokens/:id', [Tokens, 'destroy'])
  .as('profile.tokens.destroy')
  .can('organisation.enter')
  .audits('api_token.revoked')
