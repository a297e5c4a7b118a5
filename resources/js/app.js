import 'htmx.org'
import 'htmx.org/dist/ext/hx-sse.js'
import './unreachable.js'
import './windows.js'
