import router from '#start/router'

const MyWork = () => import('#controllers/my_work_controller')

router.get('/work', [MyWork, 'show']).as('work.show').can('organisation.enter')
