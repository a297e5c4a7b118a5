/// <reference lib="dom" />

type Child = Node | string

/** An element with its attributes and what is in it; text is never read as markup. */
export function element(
  name: string,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElement {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}

/** A list, one item for each. */
export function list(items: Child[]) {
  return element('ul', {}, ...items.map((item) => element('li', {}, item)))
}
