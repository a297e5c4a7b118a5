import 'htmx.org'
import './unreachable.js'
import './windows.js'
