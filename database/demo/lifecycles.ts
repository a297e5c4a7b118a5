import { day } from './items.js'
import type { DemoRound } from './rounds.js'

/** A gate of a demo project, in days from now; `met` says how many of its criteria are. */
export type DemoGate = {
  baseline: number
  moved?: { to: number; reason: string }
  forecast: number
  met: number
  waiver?: string
  /** Its outcome when it was submitted. */
  round?: DemoRound
}

type DemoLifecycle = { name: string; begins: number; gates: DemoGate[] }

export const LIGHT = 'Light'

/** The lifecycles of the demo projects, by code. */
export const lifecycles: Record<string, DemoLifecycle> = {
  ATLAS: {
    name: LIGHT,
    begins: -300,
    gates: [
      {
        baseline: -262,
        forecast: -262,
        met: 4,
        round: {
          submitted: -270,
          note: 'Is the problem worth the cost of planning a platform?',
          confidence: [8, 7],
          decision: {
            on: -262,
            outcome: 'approved',
            vote: 'The case is made, and the two people are named.',
            minutes: 'The board wants one platform and funds its planning until spring.',
          },
        },
      },
      {
        baseline: -150,
        forecast: -139,
        met: 3,
        round: {
          submitted: -147,
          note: 'May the money and the people for delivery be committed?',
          confidence: [7, 5],
          decision: {
            on: -139,
            outcome: 'approved_with_conditions',
            vote: 'Yes, once the supplier’s hosting region is fixed in the contract.',
            minutes:
              'Delivery begins. The hosting region is to be fixed, and the accessibility of the pilot proved by people who depend on it.',
            conditions: [
              {
                text: 'The contract names a hosting region in the European Union',
                owner: 'manager',
                due: day(-60),
                met: -71,
              },
              {
                text: 'Five residents who use a screen reader complete an application in the pilot',
                owner: 'team',
                due: day(24),
              },
            ],
          },
        },
      },
      {
        baseline: 171,
        moved: {
          to: 191,
          reason: 'The identity supplier signed three weeks late; agreed by the sponsor.',
        },
        forecast: 234,
        met: 1,
        waiver: 'Benefits are measured by the customer service programme, which owns the figures.',
      },
    ],
  },
  BEACON: {
    name: 'UK Gate 0-5',
    begins: -60,
    gates: [
      {
        baseline: -30,
        forecast: -33,
        met: 5,
        round: {
          submitted: -41,
          note: 'Does this belong in the programme of the next three years?',
          confidence: [6, 4],
          decision: {
            on: -33,
            outcome: 'approved_with_conditions',
            vote: 'Only with somebody who answers for the benefits.',
            minutes:
              'It belongs there. Each benefit gets an owner before the business case is written.',
            conditions: [
              {
                text: 'Every benefit has an owner in the service that gains from it',
                owner: 'second_manager',
                due: day(-6),
              },
            ],
          },
        },
      },
      { baseline: 25, forecast: 25, met: 2 },
      { baseline: 110, forecast: 110, met: 0 },
      { baseline: 190, forecast: 190, met: 0 },
      { baseline: 330, forecast: 345, met: 0 },
      { baseline: 400, forecast: 415, met: 0 },
    ],
  },
  DELTA: {
    name: LIGHT,
    begins: -140,
    gates: [
      {
        baseline: -90,
        forecast: -84,
        met: 4,
        round: {
          submitted: -88,
          note: 'Is a warning of two hours worth eleven gauges?',
          confidence: [8, 6],
          decision: {
            on: -84,
            outcome: 'approved_with_conditions',
            vote: 'Yes, with certified gauges.',
            minutes: 'Planning begins. The gauges are certified before any household registers.',
            conditions: [
              {
                text: 'The national institute certifies the gauges',
                owner: 'second_manager',
                due: day(-12),
              },
            ],
          },
        },
      },
      { baseline: 20, forecast: 84, met: 1 },
      { baseline: 150, forecast: 224, met: 0 },
    ],
  },
  ELM: {
    name: LIGHT,
    begins: -200,
    gates: [
      {
        baseline: -170,
        forecast: -172,
        met: 4,
        round: {
          submitted: -176,
          note: 'May the design of the library begin?',
          confidence: [9, 9],
          decision: {
            on: -172,
            outcome: 'approved',
            vote: 'Overdue.',
            minutes: 'The design begins; the makerspace stays in.',
          },
        },
      },
      { baseline: 12, forecast: 8, met: 3 },
      { baseline: 58, forecast: 58, met: 0 },
    ],
  },
  FERRY: {
    name: LIGHT,
    begins: 20,
    gates: [
      { baseline: 60, forecast: 60, met: 0 },
      { baseline: 150, forecast: 150, met: 0 },
      { baseline: 310, forecast: 310, met: 0 },
    ],
  },
  CEDAR: {
    name: 'PM²',
    begins: -500,
    gates: [
      {
        baseline: -440,
        forecast: -436,
        met: 5,
        round: {
          submitted: -443,
          note: 'May the planning of the archive begin?',
          confidence: [9, 8],
          decision: {
            on: -436,
            outcome: 'approved',
            vote: 'The lease ends in any case.',
            minutes: 'Planning begins; the lease leaves no choice but to move.',
          },
        },
      },
      {
        baseline: -330,
        forecast: -318,
        met: 4,
        round: {
          submitted: -325,
          note: 'May the boxes be moved?',
          confidence: [8, 8],
          decision: {
            on: -318,
            outcome: 'approved',
            vote: 'The plan of the lorries holds.',
            minutes: 'The move begins in the order of the catalogue.',
          },
        },
      },
      {
        baseline: -20,
        forecast: 6,
        met: 4,
        round: {
          submitted: -2,
          note: 'The store is empty and the catalogue complete. **May we close?**',
          confidence: [9, 6],
        },
      },
    ],
  },
}
