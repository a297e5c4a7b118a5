import PostalMime from 'postal-mime'
import { plainText } from '#imports/xml/html_text'

/**
 * A message's subject, date, sender and text; attachments are left out. An HTML-only message is shown and sent as text,
 * never as markup.
 */
export async function readEml(bytes: Buffer): Promise<string> {
  const { subject, from, date, text, html } = await PostalMime.parse(bytes, {
    maxNestingDepth: 20,
    maxHeadersSize: 256 * 1024,
  })
  const head = [
    subject && `Subject: ${subject}`,
    from && `From: ${from.name || from.address}`,
    date && `Date: ${date}`,
  ]
  return [...head.filter(Boolean), '', text ?? plainText(html ?? '')].join('\n')
}
