import 'htmx.org'
import './unreachable.js'
