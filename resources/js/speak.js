const place = document.createElement('p')
Object.assign(place, { id: 'announcer', role: 'status', className: 'visually-hidden' })

/** Says words to whoever listens. They come after their place did: a place that brings its words is read by some only. */
export function speak(words) {
  if (!place.isConnected) document.body.append(place)
  place.textContent = ''
  setTimeout(() => (place.textContent = words), 150)
}
