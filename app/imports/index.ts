export { ImportError, type ImportErrorCode } from '#imports/import_error'
export { LIMITS } from '#imports/limits'
export { readWorkbook } from '#imports/workbook/read_workbook'
export type { FileFormat, Workbook, Sheet, SheetRow, Cell } from '#imports/workbook/workbook'
export { detectTables, type Detection } from '#imports/detection/detect_tables'
export type { DetectedTable, SheetReport, TableColumn } from '#imports/detection/table'
export { guessMapping } from '#imports/mapping/guess_mapping'
export type { ColumnMapping, Mapping, TableType } from '#imports/mapping/mapping'
export { fieldsFor, type FieldKey, type FieldKind, type Target } from '#imports/mapping/fields'
export { convert } from '#imports/conversion/convert'
export type {
  Attributes,
  ConvertedRow,
  RecordRow,
  SkippedRow,
} from '#imports/conversion/converted_row'
export { SCALES, type Scale } from '#imports/conversion/read_score'
export type { DateOrder } from '#imports/conversion/read_date'
export {
  planImport,
  type ImportPlan,
  type Own,
  type PlannedTable,
} from '#imports/planning/plan_import'
export type { OwnColumn, OwnLayout, OwnLayouts } from '#imports/mapping/own_layout'
export type { Overrides, TableOverride, ColumnOverride } from '#imports/planning/overrides'
export { RAID_TYPES, RECORD_TYPES, type RaidType, type RecordType } from '#imports/vocabulary/kinds'
