import { day, type DemoItem } from './items.js'

export type DemoProject = {
  code: string
  name: string
  description: string
  status: 'proposed' | 'active' | 'closing'
  visibility: 'organisation' | 'members'
  /** Position of the stage it stands in, from 1. */
  stage: number
  manager: string
  sponsor: string
  team: Partial<Record<'gate_decider' | 'team' | 'viewer', string[]>>
  dates: Record<'baselineStartOn' | 'baselineEndOn' | 'forecastStartOn' | 'forecastEndOn', string>
  items: DemoItem[]
}

/** The dates of a project that ends so many days later than it was planned. */
export function dates(start: number, end: number, slip: number) {
  return {
    baselineStartOn: day(start),
    baselineEndOn: day(end),
    forecastStartOn: day(start),
    forecastEndOn: day(end + slip),
  }
}

/** Three projects at different stages, with logs such as a governance office keeps. */
export const demoProjects: DemoProject[] = [
  {
    code: 'ATLAS',
    name: 'Atlas customer platform',
    description:
      'Residents apply, pay and follow their case **in one place**, instead of seven portals.\n\n- 40 services moved by next autumn\n- Calls about “where is my case” halved',
    status: 'active',
    visibility: 'organisation',
    stage: 3,
    manager: 'manager',
    sponsor: 'sponsor',
    team: { gate_decider: ['gate_decider'], team: ['team', 'both'], viewer: ['viewer'] },
    dates: dates(-300, 220, 43),
    items: [
      {
        type: 'risk',
        title: 'The identity supplier leaves the framework before the contract is signed',
        cause: 'The framework agreement ends on 31 January and the extension is not signed.',
        event: 'The supplier leaves before the call-off contract stands.',
        effect: 'Identity checks are procured again, four to six months late.',
        category: 'external_supplier',
        scores: [5, 5, 4, 5, 2, 4],
        proximity: 'imminent',
        response: 'transfer',
        responsePlan:
          'Ask for the extension in writing, and list two alternatives from the same lot.',
        status: 'treating',
        owner: 'manager',
        dueOn: day(-9),
        nextReviewOn: day(5),
      },
      {
        type: 'risk',
        title: 'The migration window collides with the year-end billing run',
        category: 'technology',
        scores: [4, 5, 4, 4, 2, 4],
        proximity: 'this_stage',
        response: 'avoid',
        responsePlan: 'Move the window to the weekend after year end.',
        owner: 'team',
        dueOn: day(11),
        nextReviewOn: day(-4),
      },
      {
        type: 'risk',
        title: 'The integration developer is available two days a week only',
        category: 'people_organisation',
        scores: [5, 3, 5, 3, 3, 3],
        proximity: 'this_stage',
        response: 'reduce',
        status: 'treating',
        dueOn: day(7),
        nextReviewOn: day(-1),
      },
      {
        type: 'risk',
        title: 'The accessibility audit finds blockers after the content freeze',
        category: 'legal',
        scores: [4, 4, 3, 4, 1, 4],
        response: 'reduce',
        status: 'monitoring',
        owner: 'both',
        dueOn: day(53),
      },
      {
        type: 'risk',
        title: 'Two sister councils could join the hosting contract',
        nature: 'opportunity',
        category: 'financial',
        scores: [3, 3, 3, 3, 4, 3],
        response: 'exploit',
        owner: 'sponsor',
        dueOn: day(70),
      },
      {
        type: 'risk',
        title: 'Customer records hold more duplicates than the sample showed',
        category: 'technology',
        scores: [4, 3, 3, 3, 2, 2],
        proximity: 'imminent',
        response: 'reduce',
        status: 'treating',
        owner: 'team',
        dueOn: day(-3),
        nextReviewOn: day(0),
      },
      {
        type: 'risk',
        title: 'The supplier’s parent company is being sold',
        description: 'Known to the leads only until the announcement.',
        category: 'external_supplier',
        scores: [3, 4, 3, 4],
        sensitivity: 'project_leads',
        owner: 'sponsor',
      },
      {
        type: 'risk',
        title: 'The printing supplier changes its envelope format',
        scores: [1, 3, 1, 3],
        status: 'closed',
      },
      {
        type: 'assumption',
        title: 'The national identity register stays reachable at weekends',
        impactIfFalse: 5,
        confidence: 'low',
        validationMethod: 'Probe every ten minutes on four weekends.',
        status: 'validating',
        owner: 'team',
        dueOn: day(12),
      },
      {
        type: 'assumption',
        title: 'Two thirds of residents accept digital letters',
        impactIfFalse: 3,
        confidence: 'medium',
        dueOn: day(69),
      },
      {
        type: 'assumption',
        title: 'Support for the old portal runs until June',
        impactIfFalse: 4,
        confidence: 'high',
        status: 'validated',
        owner: 'manager',
      },
      {
        type: 'issue',
        title: 'The test environment loses its certificates every Sunday',
        severity: 4,
        urgency: 5,
        status: 'in_progress',
        owner: 'team',
        dueOn: day(-2),
      },
      {
        type: 'issue',
        title: 'The payments team asks for a second approval step',
        issueKind: 'request_for_change',
        severity: 3,
        urgency: 4,
        owner: 'manager',
        dueOn: day(17),
      },
      {
        type: 'issue',
        title: 'The address look-up returns old street names',
        issueKind: 'off_specification',
        severity: 2,
        urgency: 3,
        status: 'on_hold',
      },
      {
        type: 'dependency',
        title: 'Interface to the customer master data',
        direction: 'outbound',
        counterpartKind: 'team',
        counterpartName: 'Finance systems team',
        status: 'agreed',
        owner: 'manager',
        dueOn: day(58),
        promisedOn: day(48),
      },
      {
        type: 'decision',
        title: 'Migrate in three waves rather than one weekend',
        options: '- One weekend\n- **Three waves**, smallest service first',
        rationale: 'Less at stake each time, and the second wave learns from the first.',
        decider: 'sponsor',
        decidedOn: day(-25),
        status: 'decided',
      },
      {
        type: 'decision',
        title: 'Retire the telephone menu at go-live',
        decider: 'sponsor',
        dueOn: day(15),
      },
    ],
  },
  {
    code: 'BEACON',
    name: 'Beacon network renewal',
    description: 'New switches and fibre for 31 sites before the old ones lose support.',
    status: 'active',
    visibility: 'members',
    stage: 2,
    manager: 'second_manager',
    sponsor: 'sponsor',
    team: { gate_decider: ['gate_decider'], team: ['team'] },
    dates: dates(-60, 400, 0),
    items: [
      {
        type: 'risk',
        title: 'Street works permits take longer than the plan allows',
        category: 'legal',
        scores: [4, 3, 4, 3, 3, 2],
        response: 'reduce',
        owner: 'second_manager',
        dueOn: day(20),
      },
      {
        type: 'risk',
        title: 'Switch prices rise with the exchange rate',
        category: 'financial',
        scores: [3, 3, 3, 3],
        response: 'share',
      },
      {
        type: 'issue',
        title: 'Four sites have no spare rack space',
        severity: 3,
        urgency: 2,
        owner: 'team',
      },
      {
        type: 'assumption',
        title: 'Evening access to schools is possible all year',
        impactIfFalse: 4,
        confidence: 'low',
        dueOn: day(-5),
      },
    ],
  },
  {
    code: 'CEDAR',
    name: 'Cedar records archive',
    description: 'The paper archive is catalogued and the lease of the store ends.',
    status: 'closing',
    visibility: 'organisation',
    stage: 3,
    manager: 'manager',
    sponsor: 'owner',
    team: { gate_decider: ['gate_decider'], viewer: ['viewer'] },
    dates: dates(-500, -10, 24),
    items: [
      {
        type: 'risk',
        title: 'Boxes without a catalogue entry turn up after the move',
        scores: [3, 2, 2, 2],
        status: 'monitoring',
        owner: 'manager',
        response: 'prepare',
      },
      {
        type: 'issue',
        title: 'The store’s lease ends before the last lorry is booked',
        severity: 4,
        urgency: 4,
        status: 'resolved',
        owner: 'manager',
      },
      {
        type: 'decision',
        title: 'Keep planning files for 15 years',
        rationale: 'The longest of the three retention rules that apply.',
        decider: 'owner',
        decidedOn: day(-80),
        status: 'decided',
      },
    ],
  },
]
