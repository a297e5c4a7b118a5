import router from '#start/router'

const Feeds = () => import('#controllers/calendar/feeds_controller')
const Calendars = () => import('#controllers/calendar/calendars_controller')

router.get('/calendar', [Feeds, 'index']).as('calendar_feeds.index').can('organisation.enter')
router
  .post('/calendar/feeds', [Feeds, 'store'])
  .as('calendar_feeds.store')
  .can('organisation.enter')
  .audits('calendar_feed.created')
router
  .put('/calendar/feeds/:id', [Feeds, 'update'])
  .as('calendar_feeds.update')
  .can('organisation.enter')
  .audits('calendar_feed.renewed')
router
  .delete('/calendar/feeds/:id', [Feeds, 'destroy'])
  .as('calendar_feeds.destroy')
  .can('organisation.enter')
  .audits('calendar_feed.revoked')

router
  .get('/calendar/:kind/:secret.ics', [Calendars, 'show'])
  .as('calendars.show')
  .forAnyone('a calendar cannot sign in: the address itself is the key')
