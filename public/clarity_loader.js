// Served only in pages whose visitor accepted analytics. The settings are queued before the library
// arrives, so that it never runs with its own defaults, which would allow advertising storage.
{
  const { project } = document.currentScript.dataset
  const calls = []
  window.clarity = (...call) => calls.push(call)
  window.clarity.q = calls
  window.clarity('consentv2', { ad_Storage: 'denied', analytics_Storage: 'granted' })
  const library = document.createElement('script')
  library.async = true
  library.src = `https://www.clarity.ms/tag/${encodeURIComponent(project)}`
  document.head.append(library)
}
