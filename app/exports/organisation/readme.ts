import type { Organisation } from '#exports/organisation/bundle'

/** What an organisation's archive contains, for someone who has only that. */
export function organisationReadme({ name, id }: Organisation) {
  return `Everything of ${name} (${id})

What is here
  data/*.jsonl         the rows of each table, one JSON object per line
  csv/*.csv            the same for spreadsheets; anything that would run as a formula begins with an apostrophe
  evidence/*           the files of gates, by the id of their row in data/gate_evidence.jsonl
  attachments/*        the files of tasks, by the id of their row in data/task_attachments.jsonl
  files/*              other files, by the path in their row
  audit/audit.ndjson   the sealed audit trail with its values
  audit/verify.html    verifies it in a browser: open it from disk and choose audit.ndjson there
  audit/verify-audit.mjs
                       verifies it with Node.js 18 or later, without database or network:
                       node verify-audit.mjs audit.ndjson <public keys>
  manifest.json        the rows of each table, and every file with its size and SHA-256

What is not here
  Secrets, such as the links of invitations; names and addresses of people who restricted the use of their
  data, and the words of mails that name one of them; events of the last seconds that no seal covers yet.
  Without a sealed event there is no trail.

Tables were read one after another while people went on working, so a row may refer to one that was added or
removed meanwhile.
`
}
