/** The key of a page's first form that creates something. */
export function keyIn(html: string) {
  return html.match(/name="_once" value="([^"]+)"/)?.[1] ?? ''
}

/** The opening tags of forms in a page, or in its template, that create something but have no key. */
export function formsWithoutKey(html: string) {
  return [...html.matchAll(/(<form\b[^>]*>)(.*?)<\/form>/gs)]
    .filter(([, tag]) => /method="post"/.test(tag) && !/_method=/.test(tag))
    .filter(([, , inside]) => !/onceField\(\)|name="_once"/.test(inside))
    .map(([, tag]) => tag)
}
