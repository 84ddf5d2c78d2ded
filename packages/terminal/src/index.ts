/**
 * What a program in a terminal needs around a bulk run.
 *
 * @since 0.1.0
 */
// @barrel
export * as Main from "./Main.ts"
export * as OutcomeTable from "./OutcomeTable.ts"
export * as ProgressLine from "./ProgressLine.ts"
export * as ReportFile from "./ReportFile.ts"
