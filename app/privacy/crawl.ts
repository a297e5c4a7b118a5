import { consentCookie } from '#identity/consent_choice'
import { throughDoor } from '#privacy/door'
import type { Answer } from '#privacy/checks/responses'
import type { DeclaredRoute } from '#start/router'

const CHOICES = [null, 'accepted', 'rejected'] as const

/** Every public page, as seen by a visitor who was not asked, who accepted and who rejected. */
export async function crawl(origin: string, routes: DeclaredRoute[]): Promise<Answer[]> {
  const paths = routes.filter(isOpenPage).map(({ pattern }) => pattern)
  const answers: Answer[] = []
  await throughDoor(new URL(origin).host, async () => {
    for (const choice of CHOICES) {
      for (const path of paths) answers.push(await visit(origin, path, choice))
    }
  })
  return answers
}

function isOpenPage({ access, methods, pattern }: DeclaredRoute) {
  return access.kind === 'public' && methods.includes('GET') && !/:|\/callback$/.test(pattern)
}

async function visit(origin: string, path: string, choice: (typeof CHOICES)[number]) {
  const cookie = choice && consentCookie(choice)
  const response = await fetch(origin + path, {
    redirect: 'manual',
    headers: { accept: 'text/html', ...(cookie ? { cookie } : {}) },
  })
  return {
    path,
    accepted: choice === 'accepted',
    status: response.status,
    cookies: response.headers.getSetCookie(),
    policy: response.headers.get('content-security-policy') ?? '',
    html: await response.text(),
  }
}
