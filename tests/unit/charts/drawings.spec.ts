import { test } from '@japa/runner'
import { mondayOf, monthEndsUpTo, weeksUpTo } from '#models/charts/weeks'
import { legendOf, pairedColumns, stackedColumns } from '#pages/charts/columns'
import { dayLines } from '#pages/charts/lines'
import { bandAxis, countAxis, dayAxis, plotOf } from '#pages/charts/plot'
import { slipRows, spanRows } from '#pages/charts/rows'

const plot = plotOf(720, 220)

test.group('Charts: axes', () => {
  test('counts rise from the bottom in whole steps', ({ assert }) => {
    const { scale, ticks } = countAxis(plot, [3, 0, 7])
    assert.equal(scale(0), plot.bottom)
    assert.isBelow(scale(7), scale(3))
    assert.deepEqual(
      ticks.map(({ label }) => label),
      ['0', '2', '4', '6', '8']
    )
  })

  test('nothing at all still has an axis', ({ assert }) => {
    assert.deepEqual(
      countAxis(plot, []).ticks.map(({ label }) => label),
      ['0', '1']
    )
  })

  test('labels of many columns are thinned out, keeping the last', ({ assert }) => {
    const labels = Array.from({ length: 26 }, (_, index) => `W${index}`)
    const { ticks } = bandAxis(plot, labels)
    assert.equal(ticks.at(-1)!.label, 'W25')
    const apart = ticks.slice(1).map(({ at }, index) => at - ticks[index].at)
    assert.isAbove(Math.min(...apart), 60)
  })

  test('days are evenly spaced, whatever the clocks do', ({ assert }) => {
    const { scale } = dayAxis(plot, '2026-03-01', '2026-04-30')
    assert.equal(scale('2026-03-01'), plot.left)
    assert.equal(scale('2026-04-30'), plot.right)
    assert.approximately(scale('2026-03-31'), (plot.left + plot.right) / 2, 0.1)
  })
})

test.group('Charts: marks', () => {
  test('stacked counts fill their column and tell what they are', ({ assert }) => {
    const series = [
      { key: 'a', label: 'Apples', class: 'a' },
      { key: 'b', label: 'Pears', class: 'b' },
    ]
    const column = { label: 'Jan', name: 'January', counts: { a: 2, b: 3 } }
    const { rects, plot: room } = stackedColumns(series, [
      column,
      { ...column, counts: { a: 0, b: 1 } },
    ])
    assert.lengthOf(rects, 3)
    const [apples, pears] = [rects[0], rects.find((rect) => rect.title === 'January: 3 pears')!]
    assert.equal(apples.title, 'January: 2 apples')
    assert.equal(apples.y + apples.height, room.bottom)
    assert.approximately(pears.y + pears.height, apples.y, 0.2)
    assert.approximately(pears.height / apples.height, 1.5, 0.02)
    const lettered = series.map((one) => ({ ...one, letter: one.label[0] }))
    assert.equal(stackedColumns(lettered, [column]).rects[0].label, 'A 2')
    assert.equal(legendOf(lettered)[1].label, 'Pears (P)')
  })

  test('pairs stand side by side on one ground', ({ assert }) => {
    const { rects, plot: room } = pairedColumns(
      [
        { key: 'opened', label: 'Opened', class: 'o' },
        { key: 'closed', label: 'Closed', class: 'c' },
      ],
      [{ label: '1 Jan', name: 'Week of 1 Jan', counts: { opened: 4, closed: 2 } }]
    )
    const [opened, closed] = rects
    assert.approximately(opened.x + opened.width, closed.x, 0.1)
    for (const rect of rects) assert.approximately(rect.y + rect.height, room.bottom, 0.1)
    assert.approximately(opened.height, 2 * closed.height, 0.2)
  })

  test('a line passes each of its points', ({ assert }) => {
    const points = [
      { on: '2026-01-01', name: '1 Jan', count: 4 },
      { on: '2026-01-15', name: '15 Jan', count: 0 },
    ]
    const drawing = dayLines([{ label: 'Open', class: 'was', points }], '2026-01-15')
    const [first, last] = drawing.dots
    assert.equal(drawing.paths[0].d, `M${first.x},${first.y}L${last.x},${last.y}`)
    assert.equal(last.y, drawing.plot.bottom)
    assert.equal(drawing.now, last.x)
    assert.equal(first.title, '1 Jan: 4 open')
  })

  test('spans follow each other and show their letter where there is room', ({ assert }) => {
    const span = (from: string, to: string) => ({
      from,
      to,
      class: 'red',
      label: 'R',
      title: `${from} to ${to}`,
    })
    const { rects, yTicks } = spanRows(
      [
        {
          label: 'Overall',
          spans: [span('2026-01-01', '2026-12-30'), span('2026-12-30', '2026-12-31')],
        },
      ],
      '2026-01-01',
      '2026-12-31'
    )
    assert.approximately(rects[0].x + rects[0].width, rects[1].x, 0.1)
    assert.equal(rects[0].label, 'R')
    assert.isUndefined(rects[1].label)
    assert.equal(yTicks[0].label, 'Overall')
  })

  test('a slip joins what was promised and what is expected', ({ assert }) => {
    const gate = { name: 'Go', title: 'Go', href: '/g', isHeld: false }
    const { dots, paths, yTicks } = slipRows(
      [
        { ...gate, label: 'Go', baselineOn: '2026-01-10', on: '2026-02-10', slip: 31 },
        {
          ...gate,
          label: 'A gate with a very long name',
          baselineOn: '2026-03-01',
          on: '2026-03-01',
          slip: 0,
        },
        { ...gate, label: 'Undated', baselineOn: null, on: null, slip: null },
      ],
      '2026-01-01'
    )
    assert.lengthOf(dots, 4)
    assert.lengthOf(paths, 1)
    assert.equal(paths[0].d, `M${dots[0].x},${dots[0].y}H${dots[1].x}`)
    assert.include(dots[1].class, 'late')
    assert.equal(yTicks[1].label, 'A gate with a very…')
  })
})

test.group('Charts: weeks and months', () => {
  test('weeks begin on Monday', ({ assert }) => {
    assert.equal(mondayOf('2026-11-29'), '2026-11-23')
    assert.equal(mondayOf('2026-11-23'), '2026-11-23')
    assert.deepEqual(weeksUpTo('2027-01-04', 3), ['2026-12-21', '2026-12-28', '2027-01-04'])
  })

  test('months end on their last day, the present one today', ({ assert }) => {
    assert.deepEqual(monthEndsUpTo('2026-03-31', 3), ['2026-01-31', '2026-02-28', '2026-03-31'])
    assert.deepEqual(monthEndsUpTo('2026-01-15', 2), ['2025-12-31', '2026-01-15'])
  })
})
