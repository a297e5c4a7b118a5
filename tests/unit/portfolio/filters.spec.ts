import { test } from '@japa/runner'
import { portfolioQuery, readPortfolioFilters } from '#models/portfolio/filters'

const ID = '01a20937-0113-7359-b9e9-56564462bab5'

const read = (text: string) => {
  const query: Record<string, unknown> = {}
  for (const [name, value] of new URLSearchParams(text)) {
    query[name] = name in query ? [query[name], value].flat() : value
  }
  return readPortfolioFilters(query)
}

test.group('Portfolio filters', () => {
  test('stand in a query string and come back from it: {$self}')
    .with([
      '',
      'q=quay+wall&rag=red&stage=Delivery&manager=me&status=all',
      `programme=${ID}&flag=lapsed&flag=silent&group=programme`,
      'sort=rag&direction=asc&per_page=200',
      'programme=none&rag=undeclared&sort=gate&after=WyJhIiwiYiJd',
    ])
    .run(({ assert }, text) => {
      assert.equal(portfolioQuery(read(text)), text)
    })

  test('what is not known is left out: {$self}')
    .with([
      'programme=x&rag=blue&manager=you&status=asleep&flag=tired&group=size',
      'sort=size&direction=sideways&per_page=7',
    ])
    .run(({ assert }, text) => {
      assert.equal(portfolioQuery(read(text)), '')
    })

  test('what needs attention comes first, unless it is turned round', ({ assert }) => {
    assert.equal(read('sort=severe').direction, 'desc')
    assert.equal(read('sort=report').direction, 'asc')
    assert.equal(read('sort=severe&direction=asc').direction, 'asc')
  })
})
