// Served only in pages whose visitor accepted analytics. The settings are queued before the library
// arrives, so that it never runs with its own defaults, which would allow advertising storage.
{
  const { project } = document.currentScript.dataset
  const calls = []
  window.clarity = (...call) => calls.push(call)
  window.clarity.q = calls
  window.clarity('consentv2', { ad_Storage: 'denied', analytics_Storage: 'granted' })

  // The page before may have been a search, whose address holds what was typed.
  Object.defineProperty(document, 'referrer', { value: '' })

  // The library masks text, and reads the labels of screen readers as they are: they become text that nobody sees.
  const texts = document.createElement('div')
  texts.hidden = true
  document.body.append(texts)
  let count = 0
  const move = (element) => {
    const text = document.createElement('span')
    text.id = `label-${++count}`
    text.textContent = element.getAttribute('aria-label')
    texts.append(text)
    element.setAttribute('aria-labelledby', text.id)
    element.removeAttribute('aria-label')
  }
  const moveAll = () => document.querySelectorAll('[aria-label]').forEach(move)
  moveAll()
  const watched = { subtree: true, childList: true, attributeFilter: ['aria-label'] }
  new MutationObserver(moveAll).observe(document.body, watched)

  // Consent that is taken back in another tab ends here too, whatever the library does: nothing leaves any more.
  new BroadcastChannel('analytics').onmessage = () => {
    const policy = document.createElement('meta')
    policy.httpEquiv = 'Content-Security-Policy'
    policy.content = "connect-src 'self'; img-src 'self'"
    document.head.append(policy)
    window.clarity('stop')
  }

  const library = document.createElement('script')
  library.async = true
  library.src = `https://www.clarity.ms/tag/${encodeURIComponent(project)}`
  document.head.append(library)
}
