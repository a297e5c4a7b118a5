import { LIMITS, MB } from '#imports/limits'

export type ImportErrorCode =
  | 'empty'
  | 'too_large'
  | 'too_many_cells'
  | 'too_slow'
  | 'bomb'
  | 'encrypted'
  | 'old_excel'
  | 'binary_excel'
  | 'open_document'
  | 'numbers'
  | 'other_office_file'
  | 'not_a_workbook'
  | 'damaged'
  | 'unsafe_xml'
  | 'html'
  | 'xml'
  | 'json'
  | 'pdf'
  | 'image'
  | 'encoding'
  | 'unreadable'

const MESSAGES: Record<ImportErrorCode, string> = {
  empty: 'This file is empty. Save the workbook again and upload the new copy.',
  too_large: `This file is over the ${LIMITS.inputBytes / MB} MB limit. Delete pictures or old sheets, or upload a CSV.`,
  too_many_cells:
    'This workbook holds more cells than can be imported. Keep only the RAID sheets and try again.',
  too_slow:
    'This workbook takes too long to read. Save the RAID sheets as a new workbook and upload that.',
  bomb: 'This file unpacks to far more data than a RAID log holds, so it was refused. Save the RAID sheets as a new workbook and upload that.',
  encrypted:
    'This workbook is protected with a password. Remove the password in Excel and upload it again.',
  old_excel:
    'This is an old Excel file (.xls), as OpenProject writes them too. Open it, choose “Save as” Excel workbook (.xlsx) and upload that; or export the list as CSV.',
  binary_excel:
    'This is a binary Excel file (.xlsb). Save it as Excel workbook (.xlsx) and upload that.',
  open_document:
    'This is an OpenDocument spreadsheet. Save it as Excel workbook (.xlsx) or CSV and upload that.',
  numbers: 'This is an Apple Numbers file. Export it as Excel (.xlsx) or CSV and upload that.',
  other_office_file:
    'This is a document or presentation. Copy its table into a workbook, save as .xlsx and upload that.',
  not_a_workbook:
    'This is a zip archive without an Excel workbook. Unpack it and upload the .xlsx or .csv inside.',
  damaged:
    'This workbook is damaged or incomplete. Open it in Excel, save a new copy and upload that.',
  unsafe_xml:
    'This file holds markup that no spreadsheet or plan needs, so it was refused. Save a new copy and upload that.',
  html: 'This is a web page, even if it is named like a workbook. Open it in Excel, save as .xlsx and upload that.',
  xml: 'This XML is neither a plan of Microsoft Project nor issues of Jira. Save the list as .xlsx or .csv and upload that.',
  json: 'This is a JSON file. Export the list as .xlsx or .csv and upload that.',
  pdf: 'This is a PDF. Upload the workbook or CSV that it was made from.',
  image: 'This is a picture. Upload the workbook or CSV that it shows.',
  encoding:
    'We cannot tell which alphabet this file is in. Save it as “CSV UTF-8” or as Excel workbook (.xlsx) and upload that.',
  unreadable:
    'This is neither an Excel workbook (.xlsx) nor a CSV, nor a plan or issues in XML. Save the log as one of them.',
}

/** The one error the importer throws: a code for programs, a message for people. */
export class ImportError extends Error {
  constructor(
    readonly code: ImportErrorCode,
    options?: ErrorOptions
  ) {
    super(MESSAGES[code], options)
    this.name = 'ImportError'
  }
}
