import { test } from '@japa/runner'
import { requireIdentitySettings } from '#config/identity'

const complete = {
  NODE_ENV: 'production',
  AUTH0_DOMAIN: 'example.eu.auth0.com',
  AUTH0_CLIENT_ID: 'id',
  AUTH0_CLIENT_SECRET: 'secret',
}

test.group('Identity settings', () => {
  test('name Auth0 as the issuer', ({ assert }) => {
    const settings = requireIdentitySettings(complete)
    assert.equal(settings?.issuer.href, 'https://example.eu.auth0.com/')
    assert.equal(settings?.clientId, 'id')
  })

  test('production refuses to be without them', ({ assert }) => {
    assert.throws(
      () => requireIdentitySettings({ NODE_ENV: 'production' }),
      /AUTH0_DOMAIN, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET/
    )
  })

  test('elsewhere the local identity provider stands in', ({ assert }) => {
    assert.isNull(requireIdentitySettings({ NODE_ENV: 'development' }))
  })

  for (const name of ['AUTH0_DOMAIN', 'AUTH0_CLIENT_ID', 'AUTH0_CLIENT_SECRET'] as const) {
    for (const environment of ['production', 'development']) {
      test(`${environment} refuses to be without ${name} alone`, ({ assert }) => {
        const env = { ...complete, NODE_ENV: environment, [name]: '' }
        assert.throws(() => requireIdentitySettings(env), new RegExp(`: ${name}$`))
      })
    }
  }

  for (const domain of ['https://example.eu.auth0.com', 'example.com/path', 'a@b.c', 'local']) {
    test(`refuses ${domain} as a domain`, ({ assert }) => {
      assert.throws(() => requireIdentitySettings({ ...complete, AUTH0_DOMAIN: domain }), /host/)
    })
  }
})
