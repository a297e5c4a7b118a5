import { readdir, readFile, stat } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import ace from '@adonisjs/core/services/ace'
import app from '@adonisjs/core/services/app'
import { guideText, guideTokens, renderGuide } from '#registries/guide_markdown'
import { guides, guideTopics } from '#registries/guides'
import { webpSize } from '#registries/webp_size'
import { settings } from '#start/env'
import { declaredRoutes } from '#start/router'
import { productWords, templates } from '#tests/support/product_words'
import { registerStaff, World } from '#tests/support/world'

const KB = 1024
const PICTURES = 'public/guide'

/** Names in capitals that are no settings: what other programs call their own. */
const NO_SETTINGS = ['CHANGELOG']

/** Folders of a machine, not addresses of the product. */
const FOLDERS = ['/tmp']

test.group('Guides', () => {
  test('are all reached from the contents, without an account', async ({ client, assert }) => {
    const contents = await client.get('/help')
    contents.assertStatus(200)
    for (const { slug, title } of guides) {
      assert.include(contents.text(), `href="/help/${slug}"`)
      const page = await client.get(`/help/${slug}`)
      page.assertStatus(200)
      assert.include(page.text(), `<h1>${title}</h1>`)
    }
    const files = await readdir(app.makePath('resources/help'))
    assert.sameMembers(
      files.map((file) => file.replace('.md', '')),
      guides.map(({ slug }) => slug)
    )
  })

  test('are offered at the foot of every page and in one’s own menu', async ({
    client,
    assert,
  }) => {
    assert.include((await client.get('/sign-in')).text(), '<a href="/help">Help</a>')
    const world = await World.create('Harbour Board')
    const page = await client.get('/projects').as(await world.person('member'))
    assert.include(page.text(), '<a class="menu__item" href="/help">')
  })

  test('lead staff to the back office, and nobody else', async ({ client, assert }) => {
    const read = (page: any) => page.text().match(/href="\/admin[^"]*"/g) ?? []
    const admin = await registerStaff()
    const staff = await client.get('/help/operator-running').as(admin)
    assert.include(read(staff), 'href="/admin/jobs"')
    const world = await World.create()
    for (const page of [
      await client.get('/help/operator-running'),
      await client.get('/help/operator-running').as(await world.person('owner')),
    ]) {
      page.assertStatus(200)
      assert.deepEqual(read(page), [])
      assert.include(page.text(), 'Jobs')
    }
  })

  test('lead {$self} to nothing that they may not open')
    .with(['owner', 'pmo', 'auditor', 'member'] as const)
    .run(async ({ client, assert }, role) => {
      const world = await World.create()
      const reader = await world.person(role)
      const leading = new Map<string, string>()
      for (const { slug } of guides) {
        const page = await client.get(`/help/${slug}`).as(reader)
        for (const [, path] of page.text().matchAll(/<a href="(\/[^"#?]*)/g))
          leading.set(path, slug)
      }
      assert.isTrue(leading.has('/work'))
      assert.equal(leading.has('/settings/webhooks'), role === 'owner')
      assert.equal(leading.has('/audit'), ['owner', 'auditor'].includes(role))
      const refused = []
      for (const [path, slug] of leading) {
        const status = (await client.get(path).as(reader)).status()
        if (status >= 400) refused.push(`${path} of ${slug}: ${status}`)
      }
      assert.deepEqual(refused, [])
    })

  test('answer 404 for {$self}')
    .with(['nothing', 'concepts.md', '..%2F..%2Fpackage.json', 'Concepts'])
    .run(async ({ client }, slug) => {
      const page = await client.get(`/help/${slug}`)
      page.assertStatus(404)
    })

  test('weigh little at first: {slug}')
    .with(guides)
    .run(async ({ client, assert }, { slug }) => {
      const page = await client.get(`/help/${slug}`)
      assert.isBelow(gzipSync(page.text()).length, 30 * KB)
      for (const [image] of page.text().matchAll(/<img [^>]*>/g)) {
        assert.include(image, 'loading="lazy"')
      }
    })
})

test.group('Guides: what they say is there', () => {
  test('every label', async ({ assert }) => {
    const words = await productWords()
    const wrong = guides.flatMap(({ slug }) =>
      labelsOf(slug)
        .filter((label) => !words.has(label))
        .map((label) => `${slug}: ${label}`)
    )
    assert.deepEqual(wrong, [])
  })

  test('every link and anchor', async ({ assert }) => {
    const wrong = guides.flatMap(({ slug }) =>
      linksOf(slug)
        .filter((href) => !leadsSomewhere(href))
        .map((href) => `${slug}: ${href}`)
    )
    assert.deepEqual(wrong, [])
    const links = guides.flatMap(({ slug }) => linksOf(slug))
    assert.isAbove(links.length, 60)
  })

  test('every path, command and setting', async ({ assert }) => {
    await ace.boot()
    const wrong = guides.flatMap(({ slug }) =>
      codesOf(slug)
        .filter((code) => !isTrue(code))
        .map((code) => `${slug}: ${code}`)
    )
    assert.deepEqual(wrong, [])
  })

  test('every picture, small, with words for those who do not see it', async ({ assert }) => {
    const named = guides.flatMap(({ slug }) => picturesOf(slug))
    for (const { alt, src } of named) {
      assert.isAbove(alt.length, 20, src)
      const file = app.makePath(PICTURES, src)
      assert.isAtMost((await stat(file)).size, 60 * KB, src)
      assert.isAbove(webpSize(await readFile(file)).width, 300, src)
    }
    assert.sameMembers(
      await readdir(app.makePath(PICTURES)),
      named.map(({ src }) => src)
    )
  })
})

type Token = ReturnType<typeof guideTokens>[number]

function inline(slug: string): Token[] {
  return guideTokens(slug).flatMap((token) => [token, ...(token.children ?? [])])
}

/** What stands bold is a word of the product. */
function labelsOf(slug: string) {
  return guideTokens(slug).flatMap(({ children }) =>
    (children ?? []).flatMap((token, index, all) => {
      if (token.type !== 'strong_open') return []
      const end = all.findIndex(({ type }, at) => at > index && type === 'strong_close')
      const text = all
        .slice(index + 1, end)
        .map((part) => (part.content === '' ? ' ' : part.content))
      return [text.join('')]
    })
  )
}

function linksOf(slug: string) {
  return inline(slug)
    .filter(({ type }) => type === 'link_open')
    .map((token) => String(token.attrGet('href')))
}

function picturesOf(slug: string) {
  return inline(slug)
    .filter(({ type }) => type === 'image')
    .map((token) => ({ alt: token.content, src: String(token.attrGet('src')) }))
}

function codesOf(slug: string) {
  return inline(slug)
    .filter(({ type }) => type === 'code_inline' || type === 'fence')
    .flatMap(({ content }) => content.split('\n'))
    .map((code) => code.trim())
}

function leadsSomewhere(href: string) {
  const [path, anchor] = href.split('#')
  const slug = path.match(/^\/help\/([\w-]+)$/)?.[1]
  if (!slug) return anchor === undefined && isPage(path)
  if (!guides.some((guide) => guide.slug === slug)) return false
  return anchor === undefined || renderGuide(slug).html.includes(` id="${anchor}"`)
}

function isPage(path: string) {
  return declaredRoutes().some(
    ({ pattern, methods }) =>
      methods.includes('GET') && new RegExp(`^${pattern.replaceAll(/:\w+/g, '[^/]+')}$`).test(path)
  )
}

function isTrue(code: string) {
  const [, name, rest] = code.match(/^node ace(?:\.js)? ([\w:-]+)(.*)$/) ?? []
  if (name) {
    const flags = ace.getCommand(name)?.flags.map(({ flagName }) => flagName)
    const given = [...rest.matchAll(/--([\w-]+)/g)].map(([, flag]) => flag)
    return flags !== undefined && given.every((flag) => flags.includes(flag))
  }
  if (code.startsWith('/')) return isPage(code) || FOLDERS.includes(code)
  if (/^[A-Z][A-Z0-9_]{4,}$/.test(code)) return code in settings || NO_SETTINGS.includes(code)
  return true
}

test.group('Guides where the question arises', () => {
  test('every topic has its place in a guide, and a page that leads there', async ({ assert }) => {
    const source = await templates()
    for (const [name, { href }] of Object.entries(guideTopics)) {
      assert.isTrue(leadsSomewhere(href), href)
      assert.match(source, new RegExp(`learn: '${name}'|guideTopics\\.${name}\\b`))
    }
  })

  test('a page leads to it by a plain link', async ({ client, assert }) => {
    const world = await World.create('Harbour Board')
    const page = await client.get('/settings/scoring').as(await world.person('pmo'))
    assert.include(page.text(), 'href="/help/concepts#scoring"')
    assert.include(page.text(), 'Learn about scores and bands')
  })
})

test.group('Guides: their text', () => {
  test('has no heading that another link cannot name', async ({ assert }) => {
    for (const { slug } of guides) {
      const ids = [...renderGuide(slug).html.matchAll(/<h[23] id="([^"]*)"/g)].map(([, id]) => id)
      assert.deepEqual(ids, [...new Set(ids)], slug)
      assert.isAbove(guideText(slug).length, 800, slug)
    }
  })
})
