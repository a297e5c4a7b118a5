import router from '#start/router'
import type { Ability } from '#policies/permissions'

type Views = { path: string; as: string; can: Ability }

/** The addresses of a list's saved views, for people who may read it. */
export function viewRoutes(controller: () => Promise<any>, { path, as, can }: Views) {
  router
    .group(() => {
      router.get('/', [controller, 'index']).as(`${as}.index`).can(can)
      router.get('/create', [controller, 'create']).as(`${as}.create`).can(can)
      router
        .post('/', [controller, 'store'])
        .as(`${as}.store`)
        .can(can)
        .audits('portfolio_view.created')
      router.get('/:id/edit', [controller, 'edit']).as(`${as}.edit`).can(can)
      router
        .put('/:id', [controller, 'update'])
        .as(`${as}.update`)
        .can(can)
        .audits('portfolio_view.updated')
      router
        .delete('/:id', [controller, 'destroy'])
        .as(`${as}.destroy`)
        .can(can)
        .audits('portfolio_view.deleted')
    })
    .prefix(`${path}/views`)
}
