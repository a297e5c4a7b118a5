import { checked, must, should } from '#models/lifecycle/criteria'
import type { SeedLifecycle } from '#models/lifecycle/seeds'

/** For projects that a full set of gates would burden. */
export const light: SeedLifecycle = {
  name: 'Light',
  description:
    'Three gates for smaller projects: is it worth planning, is it ready to be done, is it done.',
  stages: [
    {
      name: 'Initiation',
      gate: {
        name: 'Start',
        purpose: 'Decide whether the idea is worth the cost of planning it.',
        criteria: [
          must(
            'The problem and the wanted outcome are stated',
            'One page that a newcomer understands: who has the problem, what changes for them, how we will know.'
          ),
          must(
            'Sponsor and project manager are named',
            'Both have agreed, have the time, and know what they may decide.'
          ),
          should(
            'A first estimate of cost, time and benefit exists',
            'Ranges are enough. Say what they rest on and how sure you are.'
          ),
          should(
            'The main risks and assumptions are in the RAID log',
            'Five honest entries are worth more than fifty copied ones.'
          ),
        ],
      },
    },
    {
      name: 'Planning',
      gate: {
        name: 'Go',
        purpose: 'Decide whether to commit the money and the people to deliver.',
        criteria: [
          must(
            'Scope and acceptance criteria are agreed',
            'Whoever will accept the result has agreed to what is in, what is out, and how it is tested.'
          ),
          must(
            'Plan and budget are approved by those who pay',
            'Milestones with dates, a budget with contingency, and the approval in writing.'
          ),
          checked.severeRisks,
          checked.assumptions,
          checked.dependencies,
          should(
            'People and suppliers are confirmed',
            'Names or contracts rather than intentions, for at least the next three months.'
          ),
        ],
      },
    },
    {
      name: 'Delivery',
      gate: {
        name: 'Finish',
        purpose: 'Decide whether the result is accepted and the project may close.',
        criteria: [
          must(
            'The result is accepted',
            'Signed by whoever the acceptance criteria name, with the list of what remains open.'
          ),
          must(
            'Someone runs it from now on',
            'The team that takes over has what it needs: people, budget, documents, training.'
          ),
          checked.criticalIssues,
          checked.conditions,
          checked.tasks,
          should(
            'Benefits have an owner and a date to be measured',
            'Name the measure, its value today, and who will look again when.'
          ),
        ],
      },
    },
    { name: 'Closure' },
  ],
}
