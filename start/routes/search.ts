import router from '#start/router'

const Searches = () => import('#controllers/searches_controller')

router.get('/search', [Searches, 'show']).as('search.show').readsReplica().can('organisation.enter')
