import { checked, must, should } from '#models/lifecycle/criteria'
import type { SeedLifecycle } from '#models/lifecycle/seeds'

/** The gates of the UK Gateway process. */
export const ukGates: SeedLifecycle = {
  name: 'UK Gate 0-5',
  description:
    'Six gates after the UK Gateway process, from the strategic assessment to the benefits of operation.',
  stages: [
    {
      name: 'Strategic assessment',
      gate: {
        name: 'Gate 0: Strategic assessment',
        purpose: 'Decide whether the need is real and fits the organisation’s strategy.',
        criteria: [
          must(
            'The need is shown',
            'Evidence of the problem and its size, not only a wish for a solution.'
          ),
          must(
            'It serves the strategy',
            'Name the objective it serves, and what would be given up if it were not done.'
          ),
          must(
            'A senior responsible owner is appointed',
            'With the authority, the time and the experience that work of this size asks for.'
          ),
          should(
            'Stakeholders support it',
            'Those who must pay, use or allow it were asked, and their answers are recorded.'
          ),
          should(
            'The main risks are known',
            'What could make it fail, and whether the organisation has managed the like before.'
          ),
        ],
      },
    },
    {
      name: 'Business justification',
      gate: {
        name: 'Gate 1: Business justification',
        purpose: 'Decide whether the business case is strong enough to develop the project.',
        criteria: [
          must(
            'The strategic outline case stands',
            'Options from doing nothing upwards, with costs, benefits and risks on one scale.'
          ),
          must(
            'Scope and success are defined',
            'What is in and out, and the measures by which success will be judged.'
          ),
          must(
            'The next stage is planned and funded',
            'People, money and dates up to the next gate are approved.'
          ),
          checked.severeRisks,
          should(
            'Benefits are measurable and owned',
            'A baseline value, a target and an owner for each.'
          ),
        ],
      },
    },
    {
      name: 'Delivery strategy',
      gate: {
        name: 'Gate 2: Delivery strategy',
        purpose:
          'Decide whether the way to deliver and procure is right before the market is asked.',
        criteria: [
          must(
            'The outline business case is approved',
            'The preferred option is shown to be affordable and value for money.'
          ),
          must(
            'The delivery and procurement strategy is agreed',
            'Why this route, how risk is shared, and how the market was sounded.'
          ),
          must(
            'Requirements are ready for the market',
            'Outcomes and acceptance measures that suppliers can price and be held to.'
          ),
          checked.severeRisks,
          checked.assumptions,
          should(
            'The team has the skills to buy and to manage',
            'Commercial, technical and legal skills are in place or on their way.'
          ),
        ],
      },
    },
    {
      name: 'Investment decision',
      gate: {
        name: 'Gate 3: Investment decision',
        purpose: 'Decide whether to commit: sign the contract and spend the investment.',
        criteria: [
          must(
            'The full business case still holds at the prices offered',
            'Updated with real bids: cost, benefit, affordability and value for money.'
          ),
          must(
            'The chosen supplier can deliver',
            'Evaluation record, due diligence, and the commercial terms in final form.'
          ),
          must(
            'The delivery plan is baselined',
            'Milestones, budget with contingency, and how change will be controlled.'
          ),
          checked.severeRisks,
          checked.criticalIssues,
          checked.conditions,
          checked.dependencies,
          should(
            'Implementation is prepared on our side',
            'The people who will work with the supplier, and the changes in the organisation.'
          ),
        ],
      },
    },
    {
      name: 'Delivery and readiness',
      gate: {
        name: 'Gate 4: Readiness for service',
        purpose: 'Decide whether the solution may go live and the organisation is ready for it.',
        criteria: [
          must(
            'The solution passed its tests',
            'Functional, load, security and user acceptance, with the open defects and who carries them.'
          ),
          must(
            'The organisation is ready',
            'Trained people, support, documents, and a rehearsed way back if going live fails.'
          ),
          must(
            'Contract and cost are under control',
            'What was delivered against what was bought, and the forecast to completion.'
          ),
          checked.criticalIssues,
          checked.conditions,
          checked.tasks,
          checked.dependencies,
          should(
            'Benefits can be measured from the first day',
            'The measures are built in and their values before going live are recorded.'
          ),
        ],
      },
    },
    {
      name: 'Operation',
      gate: {
        name: 'Gate 5: Operations review and benefits realisation',
        purpose: 'Decide whether the benefits arrive and what to change, renew or end.',
        criteria: [
          must(
            'Benefits are measured against the business case',
            'Each benefit: promised, achieved, and what explains the difference.'
          ),
          must(
            'The service performs and is affordable',
            'Service levels, cost in use and user satisfaction over at least six months.'
          ),
          checked.criticalIssues,
          checked.conditions,
          should(
            'Lessons are recorded and shared',
            'What the next project should know, where the next project will look for it.'
          ),
          should(
            'Renewal or exit is planned',
            'When the contract ends, what follows, and how knowledge and data come back.'
          ),
        ],
      },
    },
  ],
}
