const place = document.createElement('p')
Object.assign(place, { id: 'announcer', role: 'status', className: 'visually-hidden' })

/** Announces text to screen readers. It is added after its element: some read only what changes in an existing one. */
export function speak(words) {
  if (!place.isConnected) document.body.append(place)
  place.textContent = ''
  setTimeout(() => (place.textContent = words), 150)
}
