import { test } from '@japa/runner'
import { outcomes, type Outcome, type Vote } from '#models/deciding/enumerations'
import { standingOf, type Ballot, type Standing, type Terms } from '#models/deciding/rules'

const LETTERS: Record<string, Vote> = {
  A: 'approved',
  C: 'approved_with_conditions',
  D: 'deferred',
  W: 'rework',
  R: 'rejected',
  o: 'abstain',
  x: 'recused',
}
const NEGATIVE = ['deferred', 'rework', 'rejected']
const EVERY = Object.keys(outcomes)

/** `A.x!` is a chair for approval, a seat without a vote, a recused one, and a barred one. */
function ballots(text: string): Ballot[] {
  return [...text].map((letter, index) => ({
    memberId: `m${index}`,
    role: index === 0 ? 'chair' : 'decider',
    required: false,
    isBarred: letter === '!',
    vote: LETTERS[letter] ?? null,
  }))
}

function standing(text: string, terms: Partial<Terms> = {}): Standing {
  const usual = { decisionRule: 'majority', quorum: 1, isPastDue: false, isPolling: false } as const
  return standingOf(ballots(text), { ...usual, ...terms })
}

const codes = ({ obstacles }: Standing) => obstacles.map(({ code }) => code)

test.group('Deciding by majority', () => {
  const cases: [votes: string, possible: string[], obstacles: string[]][] = [
    ['A', ['approved'], []],
    ['AA.', ['approved'], []],
    ['A..', [], ['votes_missing']],
    ['AAR', ['approved'], []],
    ['AR', [], ['no_majority']],
    ['ARW', [], ['no_majority']],
    ['RRA', ['rejected'], []],
    ['WWA', ['rework'], []],
    ['DDA', ['deferred'], []],
    ['DWR', [], ['no_majority']],
    ['AAC', ['approved'], []],
    ['ACC', ['approved_with_conditions'], []],
    ['AC', ['approved_with_conditions'], []],
    ['ACR', ['approved_with_conditions'], []],
    ['AACR', ['approved_with_conditions'], []],
    ['AAC.', [], ['votes_missing']],
    ['CCC.', ['approved_with_conditions'], []],
    ['Aoo', ['approved'], []],
    ['ooo', [], ['no_majority']],
    ['Axx', ['approved'], []],
    ['AAx.', ['approved'], []],
    ['ARx.', [], ['votes_missing']],
    ['xAA', [], ['no_chair']],
    ['!AA', [], ['no_chair']],
    ['.AA', ['approved'], []],
    ['A!!', ['approved'], []],
  ]
  for (const [votes, possible, obstacles] of cases) {
    test(`${votes} makes possible: ${possible.join(', ') || obstacles.join(', ')}`, ({
      assert,
    }) => {
      const found = standing(votes)
      assert.deepEqual(found.possible, possible)
      assert.deepEqual(codes(found), obstacles)
    })
  }

  test('names whose votes are missing', ({ assert }) => {
    assert.deepEqual(standing('A.R.').obstacles, [{ code: 'votes_missing', members: ['m1', 'm3'] }])
  })

  test('waits for no missing vote once the day is past', ({ assert }) => {
    assert.deepEqual(standing('AC..', { isPastDue: true }).possible, ['approved_with_conditions'])
    assert.deepEqual(codes(standing('AR..', { isPastDue: true })), ['no_majority'])
    const few = standing('A...', { isPastDue: true, quorum: 2 })
    assert.deepEqual(few.obstacles, [{ code: 'quorum', present: 1, quorum: 2 }])
  })

  test('carries nothing early that missing votes could change', ({ assert }) => {
    for (const given of words('ACDWRo', 3)) {
      for (const missing of [1, 2]) {
        const early = standing(given + '.'.repeat(missing)).possible
        if (early.length === 0) continue
        for (const late of words('ACDWRo', missing)) {
          assert.deepEqual(standing(given + late).possible, early, `${given} then ${late}`)
        }
      }
    }
  })

  test('carries at most one outcome, and a refusal only by votes for it', ({ assert }) => {
    for (const given of words('ACDWRox', 4)) {
      const { possible } = standing(given)
      assert.isAtMost(possible.length, 1)
      if (possible.length === 0 || !NEGATIVE.includes(possible[0])) continue
      const letter = Object.keys(LETTERS).find((key) => LETTERS[key] === possible[0])!
      const counted = [...given].filter((one) => !'ox'.includes(one))
      const own = counted.filter((one) => one === letter)
      assert.isAbove(own.length * 2, counted.length, given)
    }
  })
})

test.group('Deciding unanimously', () => {
  const cases: [votes: string, possible: string[], obstacles: string[]][] = [
    ['AAA', ['approved'], []],
    ['AAC', ['approved_with_conditions'], []],
    ['CCC', ['approved_with_conditions'], []],
    ['RRR', ['rejected'], []],
    ['WWo', ['rework'], []],
    ['AAo', ['approved'], []],
    ['AAx', ['approved'], []],
    ['AAR', [], ['disagreement']],
    ['CR', [], ['disagreement']],
    ['oo', [], ['disagreement']],
    ['AA.', [], ['votes_missing']],
  ]
  for (const [votes, possible, obstacles] of cases) {
    test(`${votes} makes possible: ${possible.join(', ') || obstacles.join(', ')}`, ({
      assert,
    }) => {
      const found = standing(votes, { decisionRule: 'unanimous' })
      assert.deepEqual(found.possible, possible)
      assert.deepEqual(codes(found), obstacles)
    })
  }

  test('needs every vote, also when the day is past', ({ assert }) => {
    const late = standing('AA.', { decisionRule: 'unanimous', isPastDue: true })
    assert.deepEqual(codes(late), ['votes_missing'])
  })
})

test.group('Deciding by the chair', () => {
  test('alone: every outcome is possible, whatever the quorum', ({ assert }) => {
    assert.deepEqual(standing('.', { decisionRule: 'sole_decider', quorum: 3 }).possible, EVERY)
    assert.deepEqual(codes(standing('x', { decisionRule: 'sole_decider' })), ['no_chair', 'quorum'])
  })

  test('after advice: every outcome is possible once the quorum has spoken', ({ assert }) => {
    const terms = { decisionRule: 'chair_after_advice', quorum: 3 } as const
    assert.deepEqual(standing('.RR', terms).possible, EVERY)
    assert.deepEqual(standing('.R.', terms).obstacles, [{ code: 'quorum', present: 2, quorum: 3 }])
    assert.deepEqual(codes(standing('.Rx', terms)), ['quorum'])
    assert.deepEqual(standing('.Ro', terms).possible, EVERY)
    assert.deepEqual(codes(standing('!RRR', terms)), ['no_chair'])
  })
})

test.group('Deciding under any rule', () => {
  const rules = ['sole_decider', 'chair_after_advice', 'majority', 'unanimous'] as const

  test('waits while the poll is not open', ({ assert }) => {
    for (const decisionRule of rules) {
      const found = standing('A', { decisionRule, isPolling: true })
      assert.deepEqual(found.possible, [])
      assert.deepEqual(codes(found), ['poll'])
    }
  })

  test('waits for whoever is required, advisers too', ({ assert }) => {
    for (const decisionRule of rules) {
      for (const [vote, isBarred, waits] of [
        [null, false, true],
        ['recused', false, true],
        ['abstain', false, false],
        ['rejected', false, false],
        ['approved', true, true],
      ] as const) {
        const adviser: Ballot = {
          memberId: 'm9',
          role: 'adviser',
          required: true,
          isBarred,
          vote,
        }
        const terms = { decisionRule, quorum: 1, isPastDue: true, isPolling: false }
        const found = standingOf([...ballots('A'), adviser], terms)
        assert.deepEqual(found.obstacles, waits ? [{ code: 'required', members: ['m9'] }] : [])
      }
    }
  })

  test('waits for no vote of a chair who is required where recording is that vote', ({
    assert,
  }) => {
    for (const decisionRule of rules) {
      const [chair, ...others] = ballots(decisionRule === 'sole_decider' ? '.' : '.A')
      const terms = { decisionRule, quorum: 1, isPastDue: true, isPolling: false }
      const found = standingOf([{ ...chair, required: true }, ...others], terms)
      const isWaiting = decisionRule === 'majority' || decisionRule === 'unanimous'
      assert.equal(codes(found).includes('required'), isWaiting)
    }
  })

  test('counts no adviser', ({ assert }) => {
    const adviser = { memberId: 'm9', role: 'adviser', required: false, isBarred: false } as const
    const terms = {
      decisionRule: 'majority',
      quorum: 2,
      isPastDue: false,
      isPolling: false,
    } as const
    const found = standingOf([...ballots('A'), { ...adviser, vote: 'rejected' as Outcome }], terms)
    assert.deepEqual(codes(found), ['quorum'])
    assert.equal(found.present, 1)
  })

  test('never counts a seat without anyone to vote', ({ assert }) => {
    for (const decisionRule of rules) {
      const [chair, ...rest] = ballots('A!')
      const barred = { ...rest[0], vote: 'approved' as Outcome }
      const terms = { decisionRule, quorum: 2, isPastDue: true, isPolling: false }
      const found = standingOf([chair, barred], terms)
      assert.deepEqual(codes(found), decisionRule === 'sole_decider' ? [] : ['quorum'])
    }
  })
})

/** Every word of the letters with this length. */
function words(letters: string, length: number): string[] {
  if (length === 0) return ['']
  return words(letters, length - 1).flatMap((word) => [...letters].map((one) => word + one))
}
