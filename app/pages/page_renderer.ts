import { edgeGlobals, Template, type Edge } from 'edge.js'
import { isolated } from '#registries/direction'

type Values = Record<string, any>

/** Any character that escaping would change. */
const TELLING = /["&'<>`]/

/** Nearly everything that a page prints is plain: testing is faster than a replacement that replaces nothing. */
export function escaped(value: unknown): string {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string' && !TELLING.test(value)) return value
  return edgeGlobals.html.escape(value)
}

const sample: Values = new Template({} as any, {}, {}, {} as any).getComponentState(
  {},
  {},
  {} as any
)

/** How Edge passes props to a component; its class is not exported. */
const ComponentProps: new (values: Values) => Values = sample.$props.constructor

/** The props without some of them: Edge clones all of them deeply first. */
ComponentProps.prototype.except = function (keys: string[]) {
  const left: Values = {}
  for (const [key, value] of Object.entries<any>(this.all())) {
    if (!keys.includes(key)) left[key] = value
  }
  return new ComponentProps(left)
}

/** Edge's own version, which also searches the whole page for a last line. */
class PageTemplate extends Template {
  #compiler: Edge['compiler']
  #processor: Edge['processor']
  #shared: Values

  constructor(edge: Edge, compiler: Edge['compiler'], shared: Values) {
    super(compiler, {}, {}, edge.processor)
    this.#compiler = compiler
    this.#processor = edge.processor
    this.#shared = { ...edge.globals, ...shared }
  }

  escape(value: unknown): string {
    return escaped(value)
  }

  /** What `{{ }}` calls between tags, see `isolation.ts`. */
  isolate(value: unknown): string {
    const html = escaped(value)
    return typeof value === 'string' ? isolated(html, value) : html
  }

  getComponentState(given: Values, $slots: Values, $caller: unknown): any {
    const $props = new ComponentProps(given)
    return { ...this.#shared, ...given, $slots, $caller, $props }
  }

  render<T extends Promise<string> | string>(template: string, state: Values): T {
    return this.#run(this.#compiler.compile(template), state) as T
  }

  renderRaw<T extends Promise<string> | string>(contents: string, state: Values, path?: string): T {
    return this.#run(this.#compiler.compileRaw(contents, path), state) as T
  }

  #run(compiled: (...given: any[]) => any, given: Values) {
    const state = { ...this.#shared, ...given }
    const output = compiled(this, state, {})
    const finish = (text: string) => this.#finished(text, state)
    return this.#compiler.async ? output.then(finish) : finish(output)
  }

  #finished(text: string, state: Values) {
    const output = this.stacks.fillPlaceholders(withoutOuterLines(text))
    return this.#processor.executeOutput({ output, template: this, state })
  }
}

/** As Edge does it, except that Edge searches the whole page for the last line. */
function withoutOuterLines(text: string) {
  const start = /^\r?\n/.exec(text.slice(0, 2))?.[0].length ?? 0
  const end = /\r?\n$/.exec(text.slice(Math.max(start, text.length - 2)))?.[0].length ?? 0
  return text.slice(start, text.length - end)
}

/**
 * What a request shares with its templates and renders them with. Edge's own renderer clones all state deeply, each
 * time any is added, which took longer than the rows of a list.
 */
class PageRenderer {
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
    return new PageTemplate(this.edge, compiler, this.#shared)
  }
}

/** Has Edge create these renderers instead of its own, once, at boot. */
export function installPageRenderer(edge: Edge) {
  const makeOwn = edge.createRenderer.bind(edge)
  edge.createRenderer = () => {
    // Edge's plugins take effect when it creates a renderer of its own.
    makeOwn()
    return new PageRenderer(edge) as unknown as ReturnType<typeof makeOwn>
  }
}
