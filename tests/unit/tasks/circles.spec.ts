import { test } from '@japa/runner'
import { circlesOf } from '#models/task/circles'

const MOST = 20_000

test.group('Circles of tasks that wait for each other', () => {
  const among = (links: [string, string][]) => {
    const waiting = new Map<string, Set<string>>()
    for (const [task, before] of links) {
      waiting.set(task, (waiting.get(task) ?? new Set()).add(before))
    }
    return circlesOf(waiting)
  }

  test('finds those that lead back to each other, and no others', ({ assert }) => {
    const links: [string, string][] = [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
      ['c', 'd'],
      ['d', 'e'],
      ['e', 'd'],
      ['f', 'a'],
      ['f', 'd'],
    ]
    for (const order of [links, links.toReversed()]) {
      const circles = among(order)
      const of = (id: string) => circles.get(id)!
      assert.equal(new Set(['a', 'b', 'c'].map(of)).size, 1)
      assert.equal(of('d'), of('e'))
      assert.equal(new Set(['a', 'd', 'f'].map(of)).size, 3)
    }
  })

  test('agrees with following the links one by one', ({ assert }) => {
    let seed = 7
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % below
    }
    for (let round = 0; round < 300; round++) {
      const links = Array.from(
        { length: 1 + random(14) },
        () => [`${random(8)}`, `${random(8)}`] as [string, string]
      )
      const circles = among(links)
      for (const [task, before] of links) {
        const reached = new Set([before])
        for (const id of reached) {
          for (const [from, to] of links) if (from === id) reached.add(to)
        }
        assert.equal(circles.get(task) === circles.get(before), reached.has(task), `${links}`)
      }
    }
  })

  test('walks a chain as long as a file once', ({ assert }) => {
    const chain = Array.from(
      { length: MOST },
      (_, index) => [`${index + 1}`, `${index}`] as [string, string]
    )
    const begun = performance.now()
    assert.equal(new Set(among(chain).values()).size, MOST + 1)
    assert.equal(new Set(among([...chain, ['0', `${MOST}`]]).values()).size, 1)
    // Walking it for each of them takes more than half a minute.
    assert.isBelow(performance.now() - begun, 5000)
  })
})
