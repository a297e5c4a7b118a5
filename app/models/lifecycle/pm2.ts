import { checked, must, should } from '#models/lifecycle/criteria'
import type { SeedLifecycle } from '#models/lifecycle/seeds'

/** The phase gates of PM². */
export const pm2: SeedLifecycle = {
  name: 'PM²',
  description:
    'The four phases of PM² with its gates RfP, RfE and RfC: ready for planning, for executing, for closing.',
  stages: [
    {
      name: 'Initiating',
      gate: {
        name: 'RfP: Ready for planning',
        purpose: 'Decide whether the request is justified and may be planned.',
        criteria: [
          must(
            'The business case is approved',
            'It says why, what it costs, what it brings, and which alternatives were set aside.'
          ),
          must(
            'The project charter is agreed',
            'Scope, main deliverables, constraints, milestones and governance on a few pages.'
          ),
          must(
            'Project owner, solution provider and project manager are appointed',
            'Each knows the role and has accepted it.'
          ),
          should(
            'Stakeholders are known',
            'Who is affected, who decides, who could stop it, and what each expects.'
          ),
          should(
            'The logs are open',
            'Risks, issues, decisions and changes each have a place, and the first entries.'
          ),
        ],
      },
    },
    {
      name: 'Planning',
      gate: {
        name: 'RfE: Ready for executing',
        purpose: 'Decide whether the plans are good enough to spend the budget on.',
        criteria: [
          must(
            'The project work plan is baselined',
            'Work breakdown, effort, cost and schedule fit each other and are approved.'
          ),
          must(
            'The project handbook says how the project is run',
            'Roles, meetings, reporting, and how risks, issues, changes and quality are handled.'
          ),
          must(
            'Acceptance of deliverables is planned',
            'For each deliverable: criteria, who accepts it, when and how.'
          ),
          checked.severeRisks,
          checked.assumptions,
          checked.dependencies,
          should(
            'Transition and business implementation are planned',
            'What changes in the organisation, who prepares it, and who supports it afterwards.'
          ),
        ],
      },
    },
    {
      name: 'Executing',
      gate: {
        name: 'RfC: Ready for closing',
        purpose: 'Decide whether the deliverables are accepted and the project may close.',
        criteria: [
          must(
            'All deliverables are accepted',
            'The acceptance notes, with any reservations and who clears them.'
          ),
          must(
            'Transition is complete',
            'The solution is in use and its owner has taken over operation and support.'
          ),
          checked.criticalIssues,
          checked.conditions,
          checked.tasks,
          should(
            'Lessons and recommendations are collected',
            'What others should repeat or avoid, written while people remember.'
          ),
          should(
            'Benefits are handed over for tracking',
            'An owner, a measure and a date for each benefit of the business case.'
          ),
        ],
      },
    },
    { name: 'Closing' },
  ],
}
