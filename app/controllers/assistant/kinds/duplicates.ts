import type { KindForm } from '#controllers/assistant/kinds/form'
import { raidDuplicates } from '#assistant/kinds/raid_duplicates'
import { likenesses, type Likeness } from '#models/raid/likenesses'
import { refuse } from '#models/violation'
import { duplicatesState } from '#pages/assistant/duplicates_page'

/** Which entries of the RAID log are the same. */
export const duplicates: KindForm<Likeness[]> = {
  kind: raidDuplicates,
  template: 'pages/assistant/duplicates',
  path: ({ project }) => `/projects/${project.id}/assistant/duplicates`,
  about: async ({ project, viewer }) => {
    const pairs = await likenesses(project, viewer)
    if (pairs.length === 0) refuse('question', 'No open entries are similar')
    return pairs
  },
  state: ({ project, viewer }) => duplicatesState(project, viewer),
}
