import edge from 'edge.js'
import { day, iso, moment } from '#registries/formats'
import { renderMarkdown } from '#registries/markdown'
import * as terms from '#registries/terms'

edge.global('terms', terms)
edge.global('day', day)
edge.global('moment', moment)
edge.global('iso', iso)
edge.global('markdown', renderMarkdown)

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
