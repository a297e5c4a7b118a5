import { beginning } from '#models/text/beginning'
import { statusLabel } from '#models/raid/enumerations'
import { linkWords, MOST_RELATIONS, type End, type Relation } from '#models/raid/relations'
import { day } from '#registries/formats'
import * as terms from '#registries/terms'

/** A drawing with more would be unreadable; the table has them all. */
const MOST_DRAWN = 60

const WIDTH = 760
const BOX = { width: 250, height: 26, gap: 6 }
const SLOT = 32
const PAD = 12
const LABEL = { width: 92, height: 20 }

/** Relations as a drawing, from left to right or top to bottom, and as a table of the same. */
export function relationsMap(relations: Relation[]) {
  const drawn = relations.slice(0, MOST_DRAWN)
  return {
    summary: summaryOf(relations),
    drawing: drawn.length > 0 ? drawingOf(drawn) : null,
    branches: branchesOf(drawn),
    note: noteOf(relations.length, drawn.length),
    rows: relations.map(rowOf),
  }
}

function summaryOf(relations: Relation[]) {
  const between = relations.filter(({ kind }) => kind === 'dependency')
  const unsettled = between.filter(
    ({ status, isOverdue }) => status !== 'met' && (status !== 'agreed' || isOverdue)
  )
  const links = relations.length - between.length
  const parts = [
    `${between.length} ${between.length === 1 ? 'dependency' : 'dependencies'} between projects`,
    `${unsettled.length} of them not agreed, at risk, late or missed`,
    ...(links > 0 ? [`${links} ${links === 1 ? 'link' : 'links'} between entries`] : []),
  ]
  return `${parts.join(', ')}.`
}

function noteOf(count: number, drawn: number) {
  if (count >= MOST_RELATIONS)
    return `The ${drawn} most pressing are drawn; the table has the first ${count}.`
  return count > drawn ? `The ${drawn} most pressing are drawn; the table has all ${count}.` : null
}

/** Each relation has its own line in the middle, so that its text never overlaps others’. */
function drawingOf(relations: Relation[]) {
  const middle = relations.map((_, index) => PAD + SLOT * index + SLOT / 2)
  const left = placed(
    relations.map(({ from }) => from),
    middle,
    0
  )
  const right = placed(
    relations.map(({ to }) => to),
    middle,
    WIDTH - BOX.width
  )
  const bottom = Math.max(...[...left.values(), ...right.values()].map(({ y }) => y + BOX.height))
  const centre = WIDTH / 2
  return {
    width: WIDTH,
    height: Math.max(bottom, PAD + SLOT * relations.length) + PAD,
    boxes: [...left.values(), ...right.values()],
    lines: relations.map((relation, index) => {
      const y = middle[index]
      const from = left.get(relation.from.key)!.middle
      const to = right.get(relation.to.key)!.middle
      const [x1, x2] = [BOX.width, WIDTH - BOX.width]
      const [a, b] = [centre - LABEL.width / 2, centre + LABEL.width / 2]
      return {
        class: lineClass(relation),
        path: `${curve(x1, from, a, y)} ${curve(b, y, x2 - 7, to)}`,
        arrow: `${x2 - 7},${to - 4} ${x2},${to} ${x2 - 7},${to + 4}`,
        label: { x: a, y: y - LABEL.height / 2, ...LABEL, textX: centre, textY: y + 4 },
        words: wordsOf(relation),
        title: titleOf(relation),
        href: relation.item?.href ?? null,
      }
    }),
  }
}

/** The same for screens too narrow for anything side by side: what each end gives, below it. */
function branchesOf(relations: Relation[]) {
  const branches = new Map<string, { from: ReturnType<typeof nameOf>; gives: Branch[] }>()
  for (const relation of relations) {
    const { from, to, item } = relation
    const branch = branches.get(from.key) ?? { from: nameOf(from), gives: [] }
    branch.gives.push({
      class: lineClass(relation),
      words: wordsOf(relation),
      title: titleOf(relation),
      href: item?.href ?? null,
      to: nameOf(to),
    })
    branches.set(from.key, branch)
  }
  return [...branches.values()]
}

type Branch = {
  class: string
  words: string
  title: string
  href: string | null
  to: ReturnType<typeof nameOf>
}

function nameOf({ label, title, href }: End) {
  const words = title?.startsWith(label) ? title : [label, title].filter(Boolean).join(' ')
  return { words, href }
}

function curve(x1: number, y1: number, x2: number, y2: number) {
  const bend = (x2 - x1) / 2
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`
}

/** Boxes are level with their relations, stacked where those are close. */
function placed(ends: End[], middle: number[], x: number) {
  const heights = new Map<string, { end: End; ys: number[] }>()
  for (const [index, end] of ends.entries()) {
    const known = heights.get(end.key) ?? { end, ys: [] }
    known.ys.push(middle[index])
    heights.set(end.key, known)
  }
  const wanted = [...heights.values()]
    .map(({ end, ys }) => ({ end, y: ys.reduce((sum, y) => sum + y, 0) / ys.length }))
    .sort((one, other) => one.y - other.y)
  let free = PAD
  return new Map(
    wanted.map(({ end, y }) => {
      const top = Math.max(free, y - BOX.height / 2)
      free = top + BOX.height + BOX.gap
      return [end.key, boxOf(end, x, top)]
    })
  )
}

const FITTING = 38

function boxOf(end: End, x: number, y: number) {
  const { words, href } = nameOf(end)
  const text = beginning(words, FITTING)
  return { x, y, ...BOX, middle: y + BOX.height / 2, text, title: words, href }
}

function lineClass({ kind, status, isOverdue }: Relation) {
  if (kind !== 'dependency') return 'relation--link'
  return `relation--${isOverdue ? 'late' : status}`
}

function wordsOf({ kind, status, isOverdue }: Relation) {
  if (kind !== 'dependency') return linkWords(kind)
  const label = statusLabel('dependency', status!)
  return isOverdue && status !== 'missed' ? `${label}, late` : label
}

function titleOf(relation: Relation) {
  const { from, to, item } = relation
  const what = item ? `${item.ref} ${item.title}: ` : ''
  return `${what}from ${from.title ?? from.label} to ${to.title ?? to.label}, ${wordsOf(relation).toLowerCase()}`
}

function rowOf(relation: Relation) {
  const { from, to, item, kind, status, dueOn, isOverdue } = relation
  return {
    from: endOf(from),
    to: endOf(to),
    item,
    what: kind === 'dependency' ? 'Gives to' : linkWords(kind),
    status: status && terms.itemStatuses.dependency[status],
    dueOn: dueOn && day(dueOn),
    isOverdue,
  }
}

function endOf({ label, title, href }: End) {
  return {
    label: title?.startsWith(label) ? title : label,
    title: title?.startsWith(label) ? null : title,
    href,
  }
}
