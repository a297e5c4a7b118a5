import PostalMime from 'postal-mime'

/** Of a message its subject, when and from whom it came, and its text; what is attached is left out. */
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
  return [...head.filter(Boolean), '', text ?? plain(html ?? '')].join('\n')
}

/** The words of a message that has no plain text. They are shown and sent as text, never as markup. */
function plain(html: string) {
  return html
    .replaceAll(/<(style|script|head|title)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replaceAll(/<(br|\/p|\/div|\/tr|\/li|\/h\d)\b[^>]*>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}
