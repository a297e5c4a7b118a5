import router from '#start/router'

const Refs = () => import('#controllers/refs_controller')
const Searches = () => import('#controllers/searches_controller')

router.get('/search', [Searches, 'show']).as('search.show').readsReplica().can('organisation.enter')
router.get('/refs/:ref', [Refs, 'show']).as('refs.show').can('organisation.enter')
