import { giveConfidence, type GivenConfidence } from '#models/health/assuring'
import { declareRatings, type GivenRatings } from '#models/health/declaring'
import type Project from '#models/project'
import Tenancy from '#tenancy/tenancy'

type DemoHealth = { ratings: GivenRatings; confidence?: GivenConfidence }

/** Who looks at the demo projects from outside, by the key of `demoPeople`. */
export const demoAssurer = 'auditor'

/** The health of the demo projects, by code. Atlas is the watermelon: green outside, red within. */
const demoHealth: Record<string, DemoHealth> = {
  ATLAS: {
    ratings: {
      schedule: {
        rating: 'green',
        reason: 'All three waves are prepared.',
        differenceReason:
          'The weeks that were lost at the contract are to be made up in acceptance testing. The plan is not updated yet.',
      },
      cost: { rating: 'green', reason: 'Spent as planned, with the reserve untouched.' },
      scope: {
        rating: 'amber',
        reason: 'The payments team asks for a second approval step.',
        pathToGreen: 'The change board decides on it in its next meeting.',
      },
      benefits: { rating: 'not_rated' },
      resources: {
        rating: 'amber',
        reason: 'The integration developer is here two days a week only.',
        pathToGreen: 'A second developer joins from the framework before wave two.',
        differenceReason: 'Two alternatives to the identity supplier are known from the same lot.',
      },
      overall: {
        rating: 'green',
        reason: 'Waves one and two are on course.',
        differenceReason: 'What slips is outside the project and was told to the sponsor.',
      },
    },
    confidence: {
      rating: 'amber',
      rationale:
        'Feasible, if the framework is extended before it ends. The forecast moved twice in a quarter, testing is to absorb six weeks, and the developer it rests on is part-time. Green needs a signed extension and a plan that shows the recovery.',
    },
  },
  BEACON: {
    ratings: {
      schedule: {
        rating: 'amber',
        reason: 'The last two gates slip by two weeks.',
        pathToGreen: 'Street works permits are asked for in one batch.',
        differenceReason: 'The lapsed approval comes before the board with the new plan.',
      },
      cost: { rating: 'green' },
      scope: { rating: 'green' },
      benefits: { rating: 'green' },
      resources: {
        rating: 'amber',
        reason: 'Nobody owns the assumption about evening access to schools, and it is overdue.',
        pathToGreen: 'The schools liaison takes it over this week.',
      },
      overall: {
        rating: 'amber',
        reason: 'The slip of the last gates is not absorbed yet.',
        pathToGreen: 'A revised plan for the street works goes to the board.',
        differenceReason:
          'The approval lapsed on paper; the work that it covers goes on as agreed.',
      },
    },
    confidence: {
      rating: 'green',
      rationale: 'Early, well staffed, and the slip at the end has time to be absorbed.',
    },
  },
  DELTA: {
    ratings: {
      schedule: {
        rating: 'red',
        reason: 'The gauges miss the autumn floods by two months.',
        pathToGreen: 'The institute tests in two shifts from Monday.',
      },
      cost: {
        rating: 'amber',
        reason: 'Gauge four is bought twice.',
        pathToGreen: 'The insurance answers by the end of the month.',
      },
      scope: { rating: 'green', differenceReason: 'The radio link is replaced under warranty.' },
      benefits: { rating: 'green' },
      resources: { rating: 'green', differenceReason: 'The overdue fix has its engineer now.' },
      overall: {
        rating: 'red',
        reason: 'No warning this autumn as things stand.',
        pathToGreen: 'Certify the three lower gauges first.',
      },
    },
    confidence: {
      rating: 'red',
      rationale: 'Not achievable this season: certification takes longer than the weeks left.',
    },
  },
  ELM: {
    ratings: {
      schedule: { rating: 'green' },
      cost: { rating: 'green' },
      scope: { rating: 'green' },
      benefits: { rating: 'green' },
      resources: { rating: 'green' },
      overall: { rating: 'green' },
    },
    confidence: { rating: 'green', rationale: 'Plain work, well ahead of the reopening.' },
  },
  FERRY: { ratings: { overall: { rating: 'not_rated' } } },
  CEDAR: {
    ratings: {
      schedule: {
        rating: 'amber',
        reason: 'The last lorry leaves four weeks after the plan.',
        pathToGreen: 'The store’s lease runs on by the month until then.',
      },
      overall: {
        rating: 'amber',
        reason: 'The closing slips with the last lorry.',
        pathToGreen: 'Lorry booked, hand-over signed.',
      },
    },
  },
}

/** Declares a demo project's health, as its manager does. */
export async function declareDemoRatings(project: Project) {
  const { ratings } = demoHealth[project.code]
  await declareRatings(project, ratings, { by: Tenancy.current().membershipId! })
}

/** Judges how likely a demo project is to deliver, as assurance does; no one has looked at Cedar yet. */
export async function giveDemoConfidence(project: Project) {
  const { confidence } = demoHealth[project.code]
  if (confidence) await giveConfidence(project, confidence)
}
