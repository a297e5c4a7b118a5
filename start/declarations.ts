import '#start/routes'
import router, { declaredRoutes } from '#start/router'

/** The last preload: a route that declares neither who may use it nor what it audits stops the boot. */
router.commit()
declaredRoutes()
