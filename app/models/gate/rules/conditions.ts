import { openConditions, type OpenCondition } from '#models/condition/open'
import { NAMED, type Place, type Rule } from '#models/gate/rules/rule'

/** The conditions of earlier approvals, whenever they were due. */
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

/** An earlier round of this gate may have left some too; the gate does not rely on those. */
async function ofOtherGates({ project, gate }: Place) {
  const open = await openConditions(project)
  return open.filter(({ gateId }) => gateId !== gate.id)
}

function offender({ id, ref, text, isOverdue, dueOn, href }: OpenCondition) {
  return { id, ref, title: text, why: isOverdue ? 'was due' : 'due', on: dueOn, href }
}
