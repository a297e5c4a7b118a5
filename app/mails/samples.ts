import { DateTime } from 'luxon'
import { renderMail, type Rendered } from '#mails/render'
import type { MailData, TemplateName } from '#mails/templates'

/** What each mail is told in its preview. Invented, like everything in it. */
const samples: { [Name in TemplateName]: MailData[Name] } = {
  invitation: {
    organisation: 'Northshire Council',
    inviter: 'Olive Owner',
    path: '/join/the-secret-of-this-invitation',
    expiresAt: DateTime.fromISO('2026-03-04T09:12:00Z'),
  },
  feedback_reply: {
    message: 'The RAID log takes seconds to open.\nIt began on Monday.',
    reply: 'Thank you for telling us.\n\nIt is mended since this morning.',
    path: '/feedback',
  },
  notification: {
    title: 'ATLAS-R12 is due for review',
    paragraphs: ['Tide gate leaks at spring tide', 'Its review was due on 2 Mar 2026.'],
    sections: [
      {
        heading: 'Tasks',
        lines: [
          { text: 'ATLAS-T7 Survey the quay', on: '2026-03-01', url: 'https://example.com/task' },
        ],
        more: 2,
      },
    ],
    project: 'ATLAS Harbour lights',
    path: '/projects',
    action: 'Open the risk',
    when: 'a review that you own is due',
    mandatory: null,
  },
  external_notice: {
    organisation: 'Northshire Council',
    addedBy: 'Alder Admin',
    name: 'Sam Surveyor',
    path: '/privacy',
  },
  notice: {
    subject: 'The gate is decided',
    paragraphs: ['It passed with two conditions.', 'Both are due before the next stage begins.'],
    path: '/projects',
    action: 'Open the project',
  },
}

/** Kinds that their reader may stop, so that the preview shows how. */
const STOPPABLE: TemplateName[] = ['notification']

/** A mail of this kind with invented content, from the template that real ones are made of. */
export function renderSample(name: TemplateName): Promise<Rendered> {
  const unsubscribeUrl = STOPPABLE.includes(name) ? 'https://example.com/stop' : null
  return renderMail(name, samples[name], { unsubscribeUrl })
}
