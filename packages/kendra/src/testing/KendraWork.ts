/**
 * What goes on in the model after an answer: documents that are being put and deleted, and sync jobs.
 *
 * @since 0.1.0
 */
import * as KendraItems from "./KendraItems.ts"
import type { Choices } from "./KendraModel.ts"
import * as KendraState from "./KendraState.ts"

/**
 * The work on documents: it is over once it has lasted, and has been looked at, as the choices say.
 *
 * @category constructors
 * @since 0.1.0
 */
export const documents = (choices: Choices) => {
  const begin = (document: KendraState.Document, work: "put" | "delete", now: number): void => {
    document.work = work
    document.since = now
    document.looks = 0
  }

  const settle = (document: KendraState.Document, now: number): void => {
    const { id, looks, since, status, work } = document
    if (work === undefined || now - since < choices.processingMillis || looks < choices.processingLooks) return
    document.work = undefined
    const isNew = status === "NOT_FOUND"
    if (work === "delete") document.status = choices.undeletable.includes(id) ? status : "NOT_FOUND"
    else if (choices.unindexable.includes(id)) document.status = isNew ? "FAILED" : "UPDATE_FAILED"
    else document.status = isNew ? "INDEXED" : "UPDATED"
  }

  const missing = "Document can't be deleted because it doesn't exist."

  return {
    settle,
    remove: (index: KendraState.Index, id: string, now: number): KendraItems.Refusal | undefined => {
      const document = index.documents.get(id)
      if (document !== undefined) settle(document, now)
      if (document === undefined || (document.status === "NOT_FOUND" && document.work === undefined)) {
        return choices.missing === "error" ? KendraItems.invalid(missing) : undefined
      }
      if (document.connector !== undefined) {
        return KendraItems.invalid(`Document can't be deleted because data source ${document.connector} added it.`)
      }
      if (document.work === "delete" && choices.again === "missing") return KendraItems.invalid(missing)
      if (document.work !== "delete") begin(document, "delete", now)
      document.deleted++
      return undefined
    },
    put: (index: KendraState.Index, id: string, now: number): KendraItems.Refusal | undefined => {
      const known = index.documents.get(id)
      if (known === undefined && index.documents.size >= (index.seed.maxDocuments ?? Infinity)) {
        return KendraItems.invalid("The index can hold no more documents.")
      }
      const document = known ?? KendraState.document({ id, status: "NOT_FOUND" })
      settle(document, now)
      if (known === undefined) index.documents.set(id, document)
      begin(document, "put", now)
      document.put++
      return undefined
    },
    look: (index: KendraState.Index, id: string, now: number): Record<string, unknown> => {
      const document = index.documents.get(id)
      if (document === undefined) return { DocumentStatus: "NOT_FOUND" }
      settle(document, now)
      if (document.work !== undefined) {
        document.looks++
        const unchanged = document.work === "delete" && choices.deleting === "unchanged"
        return { DocumentStatus: unchanged ? document.status : "PROCESSING" }
      }
      return {
        DocumentStatus: document.status,
        ...(document.status.endsWith("FAILED") && {
          FailureCode: "InvalidRequest",
          FailureReason: "The document cannot be indexed."
        })
      }
    }
  }
}

/**
 * The sync jobs of data sources.
 *
 * @category constructors
 * @since 0.1.0
 */
export const jobs = (choices: Choices) => {
  const settle = (source: KendraState.DataSource, now: number): void => {
    for (const job of source.jobs) {
      if (KendraState.isRunning(job.status) && now - job.startTime >= choices.syncMillis) {
        job.status = "SUCCEEDED"
        job.endTime = job.startTime + choices.syncMillis
      }
    }
  }
  return {
    settle,
    /** The job that a call is for: the one it names, else the one that runs. */
    find: (source: KendraState.DataSource, id: string | undefined, now: number) => {
      settle(source, now)
      if (id === undefined) return source.jobs.find(({ status }) => KendraState.isRunning(status))
      return source.jobs.find((job) => job.id === id) ?? "missing"
    }
  }
}
