/** Files that must be refused, each with its refusal, as a pattern. */
export const unfitFiles: [name: string, bytes: Buffer, filename: string, says: string][] = [
  ['a page', Buffer.from('<html><script>alert(1)</script>'), 'minutes.html', 'one of these kinds'],
  ['a drawing that can run script', Buffer.from('<svg onload="x()"/>'), 'a.svg', 'these kinds'],
  ['a program', Buffer.from('MZ\u0000\u0001'), 'setup.exe', 'one of these kinds'],
  ['a program that calls itself a PDF', Buffer.from('MZ\u0000\u0001'), 'a.pdf', 'not a PDF file'],
  ['a page that calls itself a picture', Buffer.from('<html>'), 'a.png', 'not a PNG file'],
  ['an archive that calls itself a document', emptyZip(), 'a.docx', 'not a Word file'],
  ['a binary that calls itself text', Buffer.from([0, 1, 2, 3]), 'a.txt', 'not a text file'],
  ['a file without an ending', Buffer.from('%PDF-1.7\n%%EOF\n'), 'minutes', 'one of these kinds'],
  ['an empty file', Buffer.alloc(0), 'a.txt', 'Choose a file|empty'],
  ['a file over the limit', Buffer.alloc(10 * 1024 * 1024 + 1, 'a'), 'a.txt', '10 MB'],
]

/** A zip without entries. */
function emptyZip() {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  return Buffer.concat([Buffer.from('PK\u0003\u0004'), end])
}
