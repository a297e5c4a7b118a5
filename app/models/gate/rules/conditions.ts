import { openConditions, type OpenCondition } from '#models/condition/open'
import { NAMED, type Place, type Rule } from '#models/gate/rules/rule'

/** What earlier approvals hang on, whatever it was to be met by. */
export const conditionsClosed: Rule = {
  label: 'All conditions of earlier gates are closed',
  nouns: ['condition of an earlier gate is open', 'conditions of earlier gates are open'],
  async check(place) {
    const open = await ofOtherGates(place)
    return {
      isMet: open.length === 0,
      total: open.length,
      hidden: 0,
      offenders: open.slice(0, NAMED).map(offender),
    }
  },
  fix: ({ project }) => ({
    label: 'Open conditions',
    href: `/projects/${project.id}/conditions`,
  }),
}

/** A round of this very gate may have left some as well; they are not what it builds on. */
async function ofOtherGates({ project, gate }: Place) {
  const open = await openConditions(project)
  return open.filter(({ gateId }) => gateId !== gate.id)
}

function offender({ id, ref, text, isOverdue, dueOn, href }: OpenCondition) {
  return { id, ref, title: text, why: isOverdue ? 'was due' : 'due', on: dueOn, href }
}
