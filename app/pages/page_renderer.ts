import { edgeGlobals, Template, type Edge } from 'edge.js'

type Values = Record<string, any>

/** Whatever escaping would change. */
const TELLING = /["&'<>`]/

/** Nearly all that a page prints is plain: a look is shorter than a replacement that replaces nothing. */
export function escaped(value: unknown): string {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string' && !TELLING.test(value)) return value
  return edgeGlobals.html.escape(value)
}

class PageTemplate extends Template {
  escape(value: unknown): string {
    return escaped(value)
  }
}

/**
 * What a request shares with its templates and renders them with. Edge's own renderer copies all that it is told, deep
 * down and as often as it is told anything, which took longer than the rows of a list.
 */
export class PageRenderer {
  #shared: Values = {}

  constructor(private edge: Edge) {}

  share(values: Values) {
    Object.assign(this.#shared, values)
    return this
  }

  clone() {
    return new PageRenderer(this.edge).share(this.#shared)
  }

  getState(): Values {
    return { ...this.edge.globals, ...this.#shared }
  }

  async render(template: string, state: Values = {}): Promise<string> {
    return this.#template(this.edge.asyncCompiler).render(template, state)
  }

  renderSync(template: string, state: Values = {}): string {
    return this.#template(this.edge.compiler).render<string>(template, state)
  }

  async renderRaw(contents: string, state: Values = {}, path?: string): Promise<string> {
    return this.#template(this.edge.asyncCompiler).renderRaw(contents, state, path)
  }

  renderRawSync(contents: string, state: Values = {}, path?: string): string {
    return this.#template(this.edge.compiler).renderRaw(contents, state, path)
  }

  #template(compiler: Edge['compiler']) {
    return new PageTemplate(compiler, this.edge.globals, this.#shared, this.edge.processor)
  }
}

/** Has Edge make these instead of its own, once, at boot. */
export function installPageRenderer(edge: Edge) {
  const makeOwn = edge.createRenderer.bind(edge)
  edge.createRenderer = () => {
    // Its plugins come into force by making one of its own.
    makeOwn()
    return new PageRenderer(edge) as unknown as ReturnType<typeof makeOwn>
  }
}
