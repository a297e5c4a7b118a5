import router from '#start/router'

const Notifications = () => import('#controllers/notifications/notifications_controller')
const Readings = () => import('#controllers/notifications/readings_controller')
const InboxReadings = () => import('#controllers/notifications/inbox_readings_controller')
const Preferences = () => import('#controllers/notifications/preferences_controller')
const Unsubscriptions = () => import('#controllers/notifications/unsubscriptions_controller')

router
  .group(() => {
    router.get('/', [Notifications, 'index']).as('notifications.index').can('organisation.enter')
    router
      .post('/readings', [InboxReadings, 'store'])
      .as('notifications.inbox_readings.store')
      .can('organisation.enter')
      .unaudited('what one has read of one’s own concerns no record')
    router
      .get('/preferences', [Preferences, 'edit'])
      .as('notifications.preferences.edit')
      .can('organisation.enter')
    router
      .put('/preferences', [Preferences, 'update'])
      .as('notifications.preferences.update')
      .can('organisation.enter')
      .unaudited('how one wants to be told concerns no record; the choice says since when it holds')
    router
      .post('/:id/reading', [Readings, 'store'])
      .as('notifications.readings.store')
      .can('organisation.enter')
      .unaudited('what one has read of one’s own concerns no record')
    router
      .delete('/:id/reading', [Readings, 'destroy'])
      .as('notifications.readings.destroy')
      .can('organisation.enter')
      .unaudited('what one has read of one’s own concerns no record')
  })
  .prefix('/notifications')

router
  .get('/unsubscribe/:token', [Unsubscriptions, 'show'])
  .as('unsubscriptions.show')
  .forAnyone('a mail program follows it without an account; the link is signed')
router
  .post('/unsubscribe/:token', [Unsubscriptions, 'store'])
  .as('unsubscriptions.store')
  .limited('secret_link')
  .forAnyone('a mail program stops mails without an account; the link is signed')
  .unaudited('how one wants to be told concerns no record; the choice says since when it holds')
router
  .delete('/unsubscribe/:token', [Unsubscriptions, 'destroy'])
  .as('unsubscriptions.destroy')
  .limited('secret_link')
  .forAnyone('whoever stopped mails by mistake has them again; the link is signed')
  .unaudited('how one wants to be told concerns no record; the choice says since when it holds')
