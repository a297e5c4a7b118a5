import edge from 'edge.js'
import { headerText } from '#mails/headers'
import { mailLink, outsideLink } from '#mails/links'
import { templateNamed, type MailData, type TemplateName } from '#mails/templates'
import { moment, type Moment } from '#registries/formats'
import Tenancy from '#tenancy/tenancy'

export type Rendered = { subject: string; text: string; html: string }

type MailOptions = {
  unsubscribeUrl?: string | null
  /** The reader's time zone for moments; the organisation's unless given. */
  timeZone?: string | null
}

/** A mail's subject and both its bodies. Expects an organisation at work, for the links. */
export async function renderMail<Name extends TemplateName>(
  name: Name,
  data: MailData[Name],
  { unsubscribeUrl = null, timeZone }: MailOptions = {}
): Promise<Rendered> {
  const template = templateNamed(name)
  for (const field of template.names ?? []) headerText((data as any)[field])
  const subject = headerText(template.subject(data))
  const linkTo = template.outside ? outsideLink : mailLink
  const state = {
    ...data,
    ...clock(timeZone ?? Tenancy.current().settings.timeZone),
    subject,
    link: data.path ? linkTo(data.path) : null,
    unsubscribeUrl,
  }
  const [text, html] = await Promise.all([
    edge.render(`emails/${name}.text`, state),
    edge.render(`emails/${name}.html`, state),
  ])
  return { subject, text: tidy(plain(text)), html: html.trim() }
}

/** The mail's reader is not the person at work, whose time zone pages use; so moments name theirs. */
function clock(timeZone: string) {
  return { moment: (value: Moment) => `${moment(value, timeZone)} ${timeZone}` }
}

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': `'`,
  '&#x27;': `'`,
  '&#x60;': '`',
  '&#x3D;': '=',
}

/** Edge escapes for HTML; a text body shows what was typed. */
function plain(text: string) {
  return text.replaceAll(/&(amp|lt|gt|quot|#39|#x27|#x60|#x3D);/g, (entity) => ENTITIES[entity])
}

function tidy(text: string) {
  return `${text
    .replaceAll(/(?<![ \t])[ \t]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()}\n`
}
