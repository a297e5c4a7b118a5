import type { DateTime } from 'luxon'

/** The data of each template. Plain values only; they are escaped where they are written. */
export type MailData = {
  invitation: {
    organisation: string
    inviter: string
    /** Where to answer the invitation: a path of ours, its token included. */
    path: string
    expiresAt: DateTime
  }
  feedback_reply: {
    /** What the reader told us. */
    message: string
    reply: string
    path: string
  }
  notification: {
    title: string
    paragraphs: string[]
    /** The records that it lists, each with its date and address. */
    sections: {
      heading: string
      lines: { text: string; on: string; url: string }[]
      more: number
    }[]
    organisation: string
    /** Code and name of the project that it is about. */
    project: string | null
    path: string
    /** The text of the link. */
    action: string
    /** What happens before mails of this kind are sent. */
    when: string
    /** Why readers cannot stop them. */
    mandatory: string | null
  }
  external_notice: {
    organisation: string
    addedBy: string
    name: string
    /** Who is responsible, and where to reach them. */
    controller: string
    contact: string
    /** The privacy policy. */
    path: string
  }
  task_link: {
    organisation: string
    project: string
    asker: string
    title: string
    dueOn: string | null
    /** Where to see and answer the task: a path of ours, its token included. */
    path: string
    expiresAt: DateTime
    /** The address of the form for requests about one’s data. */
    requests: string
  }
  task_links: {
    organisation: string
    asker: string
    /** Each with the address, token included, where it can be seen and answered. */
    tasks: { project: string; title: string; dueOn: string | null; url: string }[]
    expiresAt: DateTime
    /** The address of the form for requests about one’s data. */
    requests: string
    path?: undefined
  }
  notice: {
    subject: string
    paragraphs: string[]
    /** The page it is about: a path of ours. */
    path?: string
    /** The text of the link. */
    action?: string
  }
  system_alert: {
    kind: 'notice' | 'maintenance' | 'incident'
    body: string
    /** What else is said, for whom a line is not enough. */
    paragraphs: string[]
    /** Which of its reader's organisations it is sent to. */
    organisation: string
    /** Whether its reader is an owner or admin there. */
    isLeader: boolean
    beginsAt: DateTime
    endsAt: DateTime
    path: string
  }
  privacy_code: {
    ref: string
    /** Proves to us that the reader owns the address. */
    code: string
    path: string
  }
  privacy_letter: { ref: string; paragraphs: string[]; path: string | null }
}

export type TemplateName = keyof MailData

type Template<Data = any> = {
  subject: (data: Data) => string
  /** Names within the text, each on one line, so that none can pass for a paragraph of ours. */
  names?: (keyof Data)[]
  /** Its link opens something by itself, so the content is blanked as soon as the mail is sent. */
  secret?: true
  /** Its reader has no account, so its link names no organisation. */
  outside?: true
}

const alertSubjects = {
  notice: 'Notice about Orchestrate',
  maintenance: 'Planned maintenance on Orchestrate',
  incident: 'Problem with Orchestrate',
}

/** Every mail that the product can send, and no other. Views of the same name are in views/emails. */
export const templates: { [Name in TemplateName]: Template<MailData[Name]> } = {
  invitation: {
    subject: ({ organisation }) => `Join ${organisation} on Orchestrate`,
    names: ['organisation', 'inviter'],
    secret: true,
  },
  feedback_reply: { subject: () => 'Our answer to your feedback' },
  notification: { subject: ({ title }) => title, names: ['organisation', 'action', 'when'] },
  external_notice: {
    subject: ({ organisation }) => `${organisation} has added you to Orchestrate`,
    names: ['organisation', 'addedBy', 'name'],
    outside: true,
  },
  task_link: {
    subject: ({ organisation, title }) => `A task from ${organisation}: ${title}`,
    names: ['organisation', 'project', 'asker', 'title'],
    secret: true,
    outside: true,
  },
  task_links: {
    subject: ({ organisation, tasks }) => `${tasks.length} tasks from ${organisation}`,
    names: ['organisation', 'asker'],
    secret: true,
    outside: true,
  },
  notice: { subject: ({ subject }) => subject },
  system_alert: {
    subject: ({ kind }) => alertSubjects[kind],
    names: ['organisation'],
  },
  privacy_code: { subject: ({ ref }) => `Your code for request ${ref}`, secret: true },
  privacy_letter: { subject: ({ ref }) => `Your request ${ref}` },
}

/** The template of this name. Throws for any that is not in the registry. */
export function templateNamed(name: string): Template {
  if (!Object.hasOwn(templates, name)) throw new Error(`There is no mail template "${name}"`)
  return templates[name as TemplateName]
}
