import type { Section } from '#models/pack/content'
import type { Readiness } from '#models/gate/readiness'

/** What the deciders are to be told of beside the criteria. */
export function statusSection({ warnings }: Readiness): Section {
  return {
    facts: {},
    lists: {
      warnings: warnings.map(({ key, title, detail }) => ({ id: key, title, detail })),
    },
  }
}
