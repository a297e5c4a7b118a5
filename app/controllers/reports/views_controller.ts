import { viewsOf } from '#controllers/saved_views/views_of'

export default class ReportViewsController extends viewsOf('reports') {}
