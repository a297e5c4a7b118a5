// Served in pages where analytics may not run: it ends in every other page that is open, and leaves nothing in this tab.
{
  const { keys } = document.currentScript.dataset
  const pages = new BroadcastChannel('analytics')
  pages.postMessage('')
  pages.close()
  try {
    for (const key of keys.split(' ')) sessionStorage.removeItem(key)
  } catch {
    // A browser that keeps nothing for us refuses to be asked.
  }
}
