import { randomUUID } from 'node:crypto'
import edge from 'edge.js'
import { localPage } from '#identity/local_path'
import { withoutTold } from '#identity/told_names'
import { typedWords } from '#identity/typed_words'
import { DOCUMENT_LIMITS } from '#imports/documents/limits'
import { LIMITS } from '#imports/limits'
import { LARGEST, LARGEST_ARCHIVE, sizeInWords } from '#models/text/sizes'
import { readersZone } from '#models/time_zone'
import { errorsOf, faultyFields, fieldOf, idOf, sentForm, unshown } from '#pages/field'
import { installIsolation } from '#pages/isolation'
import { installLeanOutput } from '#pages/lean_output'
import { installPlainLoops } from '#pages/plain_loops'
import { escaped, installPageRenderer } from '#pages/page_renderer'
import { trail } from '#pages/trail'
import { backOffice } from '#registries/back_office'
import { day, iso, lately, moment, overdueBy } from '#registries/formats'
import { guideTopics } from '#registries/guides'
import { renderMarkdown } from '#registries/markdown'
import * as terms from '#registries/terms'

installPageRenderer(edge)
installPlainLoops(edge)
installIsolation(edge)
installLeanOutput(edge)

edge.global('terms', terms)
edge.global('backOffice', backOffice)
edge.global('guideTopics', guideTopics)
edge.global('localPage', localPage)
edge.global('errorsOf', errorsOf)
edge.global('faultyFields', faultyFields)
edge.global('fieldOf', fieldOf)
edge.global('idOf', idOf)
edge.global('sentForm', sentForm)

/** The text of a refused form that no field of its page shows, as where the form is no longer offered. */
edge.global('typedInVain', (flashed: Parameters<typeof unshown>[0]) =>
  typedWords(withoutTold(unshown(flashed)))
)
edge.global('trail', trail)
edge.global('day', day)
edge.global('overdueBy', overdueBy)
edge.global('moment', moment)
edge.global('lately', lately)
edge.global('iso', iso)
edge.global('largest', {
  file: sizeInWords(LARGEST),
  spreadsheet: sizeInWords(LIMITS.inputBytes),
  document: sizeInWords(DOCUMENT_LIMITS.inputBytes),
  archive: sizeInWords(LARGEST_ARCHIVE),
})
edge.global('timeZone', readersZone)
edge.global('markdown', renderMarkdown)

/** Attributes from an object, escaped, which Edge's own helper does not do. Absent values are left out. */
edge.global('attributes', (values: Record<string, unknown>) =>
  edge.globals.html.safe(
    Object.entries(values)
      .filter(([, value]) => value || value === 0)
      .map(([name, value]) => (value === true ? name : `${name}="${escaped(String(value))}"`))
      .join(' ')
  )
)

/** The key by which a repeated submission is recognised: new each time the form is rendered. */
edge.global('onceField', () =>
  edge.globals.html.safe(`<input type="hidden" name="_once" value="${randomUUID()}">`)
)

/** Templates never change while a process runs, except under the development server. */
const cache = process.env.LIVE_RELOAD !== 'true'
edge.configure({ cache })
if (cache) {
  listComponentsOnce()
  placeTemplatesOnce()
}

/** Edge searches the components' folder for every page unless its cache was on from the start. */
function listComponentsOnce() {
  const list = edge.loader.listComponents.bind(edge.loader)
  let components: ReturnType<typeof list> | undefined
  edge.loader.listComponents = () => (components ??= list())
}

/** Edge builds the path of a component again each time it is used. */
function placeTemplatesOnce() {
  const makePath = edge.loader.makePath.bind(edge.loader)
  const paths = new Map<string, string>()
  edge.loader.makePath = (template) => {
    let path = paths.get(template)
    if (path === undefined) paths.set(template, (path = makePath(template)))
    return path
  }
}

let fragments = 0

/**
 * `@fragment('name') … @end` renders its content in place and also keeps it under its name, so that one
 * template answers both for the whole page and for the part that htmx asked for. It must not enclose
 * `await`ed slots of its own name.
 */
edge.registerTag({
  tagName: 'fragment',
  block: true,
  seekable: true,
  compile(parser: any, buffer: any, token: any) {
    const { filename } = token
    const { line } = token.loc.start
    const html = `fragment_${++fragments}`
    const name = parser.utils.stringify(
      parser.utils.transformAst(
        parser.utils.generateAST(token.properties.jsArg, token.loc, filename),
        filename,
        parser
      )
    )
    const child = buffer.create(filename, { outputVar: html })
    token.children.forEach((node: any) => parser.processToken(node, child))
    buffer.writeStatement(
      child.disableFileAndLineVariables().disableReturnStatement().disableTryCatchBlock().flush(),
      filename,
      line
    )
    buffer.writeExpression(`state.fragments.set(${name}, ${html})`, filename, line)
    buffer.outputExpression(html, filename, line, false)
  },
})
