import type { Assert } from '@japa/assert'
import type { Walk } from '#tests/support/walk'

/** The refs of a list's rows, without their project's code, in page order. */
export function refs(html: string) {
  return [...html.matchAll(/<td class="ref">([\w-]+)<\/td>/g)].map(([, ref]) => ref.split('-')[1])
}

/** Pages through a list to its end and back, checking that each of its rows appears once, in one order. */
export async function pageThrough(
  walk: Walk,
  path: string,
  { assert, perPage, total }: { assert: Assert; perPage: number; total: number }
) {
  const pages: string[][] = []
  let last = ''
  for (let href: string | undefined = path; href; href = linkTo('next', last)) {
    last = (await walk.open(href)).text()
    pages.push(refs(last))
  }
  const backwards: string[][] = []
  for (let back = linkTo('prev', last); back; back = linkTo('prev', last)) {
    last = (await walk.open(back)).text()
    backwards.unshift(refs(last))
  }
  const rest = total % perPage
  const full = Array.from({ length: Math.floor(total / perPage) }, () => perPage)
  assert.deepEqual(
    pages.map((page) => page.length),
    rest > 0 ? [...full, rest] : full
  )
  assert.lengthOf(new Set(pages.flat()), total)
  assert.deepEqual(backwards, pages.slice(0, -1))
}

/** The address of the next or previous page, if there is one. */
export function linkTo(rel: 'next' | 'prev', html: string) {
  return new RegExp(`href="([^"]+)" rel="${rel}"`).exec(html)?.[1].replaceAll('&amp;', '&')
}
