import { DateTime } from 'luxon'
import { renderMail, type Rendered } from '#mails/render'
import type { MailData, TemplateName } from '#mails/templates'

/** The data of each mail's preview. Everything in it is invented. */
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
    organisation: 'Northshire Council',
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
    controller: 'Harbour Board',
    contact: 'data@harbour.example',
    path: '/privacy',
  },
  task_link: {
    organisation: 'Northshire Council',
    project: 'Harbour lights',
    asker: 'Mia Manager',
    title: 'Survey the quay',
    dueOn: '2026-03-18',
    path: '/task/the-secret-of-this-link',
    expiresAt: DateTime.fromISO('2026-04-03T09:12:00Z'),
    requests: 'https://example.com/privacy/requests/create',
  },
  task_links: {
    organisation: 'Northshire Council',
    asker: 'Mia Manager',
    tasks: [
      {
        project: 'Harbour lights',
        title: 'Survey the quay',
        dueOn: '2026-03-18',
        url: 'https://example.com/task/the-secret-of-one-link',
      },
      {
        project: 'Tide gate',
        title: 'Sound the basin',
        dueOn: null,
        url: 'https://example.com/task/the-secret-of-another-link',
      },
    ],
    expiresAt: DateTime.fromISO('2026-04-03T09:12:00Z'),
    requests: 'https://example.com/privacy/requests/create',
  },
  system_alert: {
    kind: 'maintenance',
    body: 'Orchestrate gets a larger database and cannot be used while it moves.',
    paragraphs: ['Nothing is lost meanwhile.', 'If you have a question, email us.'],
    isLeader: true,
    organisation: 'Northshire Council',
    beginsAt: DateTime.fromISO('2026-03-07T20:00:00Z'),
    endsAt: DateTime.fromISO('2026-03-07T21:30:00Z'),
    path: '/',
  },
  privacy_code: { ref: 'P-7KQ4MX', code: '4F7KQ2MX', path: '/privacy/requests/P-7KQ4MX' },
  privacy_letter: {
    ref: 'P-7KQ4MX',
    paragraphs: ['Your request P-7KQ4MX is done.', 'The copy of your data is ready.'],
    path: '/privacy/requests/P-7KQ4MX',
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

/** A mail of this kind with invented content, from the template that real ones use. */
export function renderSample(name: TemplateName): Promise<Rendered> {
  const unsubscribeUrl = STOPPABLE.includes(name) ? 'https://example.com/stop' : null
  return renderMail(name, samples[name], { unsubscribeUrl })
}
