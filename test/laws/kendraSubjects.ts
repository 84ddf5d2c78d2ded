/** The operations of Amazon Kendra under the laws: items, answers in its own form, and its own errors for each fate. */
import { AwsError } from "@effect-bulk/aws"
import { Kendra, KendraError, type KendraOperations } from "@effect-bulk/kendra"
import { KendraModel, KendraState, layerTest } from "@effect-bulk/kendra/testing"
import * as Subject from "@effect-bulk/testing/Subject"
import { Effect } from "effect"
import * as fc from "fast-check"

const kendra = await Effect.runPromise(Effect.provide(Kendra, layerTest({ model: KendraModel.make() })))

// Few names, so that some are given twice.
const number = fc.integer({ min: 1, max: 12 })
const uuid = number.map(KendraState.uuid)
const indexId = fc.constantFrom("a", "a", "b", "c").map((letter) => letter.repeat(36))
const experienceId = fc.constantFrom("e", "f")
const documentId = number.map((n) => `document-${n}`)
const entity = { indexId, experienceId, entityId: uuid }

// -----------------------------------------------------------------------------
// Answers
// -----------------------------------------------------------------------------

interface Failure {
  readonly ErrorCode: string
  readonly ErrorMessage: string
}

const failures: Readonly<Record<"busy" | "slow" | "no" | "gone", Failure>> = {
  busy: { ErrorCode: "InternalError", ErrorMessage: "Failed" },
  slow: { ErrorCode: "SlowDown", ErrorMessage: "Rate exceeded" },
  no: { ErrorCode: "InvalidRequest", ErrorMessage: "Not allowed" },
  gone: { ErrorCode: "Missing", ErrorMessage: "Document can't be deleted because it doesn't exist." }
}

const tags = { busy: "InternalError", slow: "SlowDown", no: "InvalidRequest", gone: "Missing" } as const

// Operations on entities give no code.
const uncoded: typeof failures = {
  ...failures,
  busy: { ErrorCode: "", ErrorMessage: "Internal error" }
}

/** Answers that list failures under a name, each with its id under another. */
const listing =
  <Item>(
    list: string,
    key: string,
    id: (item: Item) => string,
    words = failures
  ): Subject.Fake<Item, never>["answer"] =>
  (results, { quirk }) => {
    const failed = (id: string | undefined, says: keyof typeof failures) => ({
      ...(id !== undefined && { [key]: id }),
      ...words[says]
    })
    const entries = results.flatMap(({ item, says }) => {
      if (says === "ok" || says === "silent") return []
      return says === "twice" ? [failed(id(item), "no"), failed(id(item), "busy")] : [failed(id(item), says)]
    })
    if (quirk === "nameless") entries.push(failed(undefined, "no"))
    if (quirk === "foreign") entries.push(failed("stranger", "no"))
    return { [list]: entries }
  }

// -----------------------------------------------------------------------------
// Errors
// -----------------------------------------------------------------------------

const fieldsOf = (
  operation: string,
  { hint, number }: { readonly hint: number | undefined; readonly number: number }
) => ({
  operation,
  message: `call ${number}`,
  requestId: `request-${number}`,
  ...(hint !== undefined && { retryAfter: hint })
})

const inIndex = (operation: string) =>
  ({
    throttled: (call) => new KendraError.ThrottlingException({ ...fieldsOf(operation, call), status: 400 }),
    unavailable: (call) =>
      new AwsError.NetworkError({ ...fieldsOf(operation, call), code: "ECONNREFUSED", reached: false }),
    reset: (call) => new KendraError.InternalServerException({ ...fieldsOf(operation, call), status: 500 }),
    undecodable: (call) => new AwsError.UndecodableResponse({ ...fieldsOf(operation, call), status: 200 }),
    tooLarge: (call) =>
      new AwsError.UnknownServiceError({
        ...fieldsOf(operation, call),
        code: "RequestEntityTooLargeException",
        status: 413
      }),
    rejected: (call) => new KendraError.ValidationException({ ...fieldsOf(operation, call), status: 400 }),
    fatal: (call) => new KendraError.ResourceNotFoundException({ ...fieldsOf(operation, call), status: 400 }),
    credentials: (call) =>
      new AwsError.CredentialsError({ ...fieldsOf(operation, call), code: "ExpiredTokenException", status: 400 })
  }) satisfies Subject.Fake<never, KendraError.BatchDeleteFeaturedResultsSetError>["errors"]

// A conflict is sent again, and did nothing.
const inConflict = (operation: string) => ({
  ...inIndex(operation),
  unavailable: (call: { readonly hint: number | undefined; readonly number: number }) =>
    new KendraError.ConflictException({ ...fieldsOf(operation, call), status: 400 })
})

// -----------------------------------------------------------------------------
// Subjects
// -----------------------------------------------------------------------------

const removing = { says: ["ok", "busy", "slow", "no", "gone", "twice"], tags, quirks: ["nameless", "foreign"] } as const
const putting = { ...removing, says: ["ok", "busy", "slow", "no", "twice"] } as const
// Without codes, no policy can name what to retry.
const onEntities = { says: removing.says, quirks: removing.quirks } as const

const bytes = fc.constantFrom(1, 1_000_000, 2_000_000, 5_000_000, 5_000_001)
const contents = new Map<number, Uint8Array>()
const blob = (length: number): Uint8Array => {
  const made = contents.get(length) ?? new Uint8Array(length)
  contents.set(length, made)
  return made
}

export const deleteDocuments = Subject.make(kendra.deleteDocumentsOperation, {
  arbitrary: fc.record<KendraOperations.DocumentDeletion>({
    indexId,
    id: documentId,
    metricTarget: fc.option(fc.record({ dataSourceId: fc.constantFrom("s", "t") }), { nil: undefined, freq: 3 })
  }),
  fake: {
    ...removing,
    answer: listing("FailedDocuments", "Id", ({ id }: KendraOperations.DocumentDeletion) => id),
    errors: inConflict("Kendra.BatchDeleteDocument")
  }
})

export const putDocuments = Subject.make(kendra.putDocumentsOperation, {
  arbitrary: fc.record<KendraOperations.DocumentPut>({
    indexId,
    document: fc.record({ Id: documentId, Blob: bytes.map(blob) })
  }),
  fake: {
    ...putting,
    answer: listing("FailedDocuments", "Id", ({ document }: KendraOperations.DocumentPut) => document.Id),
    errors: inConflict("Kendra.BatchPutDocument")
  }
})

export const getDocumentStatuses = Subject.make(kendra.getDocumentStatusesOperation, {
  arbitrary: fc.record<KendraOperations.DocumentLook>({ indexId, id: documentId }),
  fake: {
    says: ["ok", "busy", "slow", "no", "silent", "twice"],
    tags,
    quirks: ["nameless", "foreign", "foreignSuccess", "namelessSuccess"],
    answer: (results, { group, number, quirk }) => {
      const id = ({ id }: KendraOperations.DocumentLook) => id
      const listed = listing("Errors", "DocumentId", id)(results, { group, number, quirk }) as object
      const seen: Array<{ readonly DocumentId?: string; readonly DocumentStatus: string }> = results
        .filter(({ says }) => says === "ok" || says === "twice")
        .map(({ item }) => ({ DocumentId: item.id, DocumentStatus: "INDEXED" }))
      if (quirk === "namelessSuccess") seen.push({ DocumentStatus: "INDEXED" })
      if (quirk === "foreignSuccess") seen.push({ DocumentId: "stranger", DocumentStatus: "INDEXED" })
      return { ...listed, DocumentStatusList: seen }
    },
    errors: inConflict("Kendra.BatchGetDocumentStatus")
  }
})

export const deleteFeaturedResultsSets = Subject.make(kendra.deleteFeaturedResultsSetsOperation, {
  arbitrary: fc.record<KendraOperations.FeaturedResultsSetKey>({ indexId, id: uuid }),
  fake: {
    ...removing,
    answer: listing("Errors", "Id", ({ id }: KendraOperations.FeaturedResultsSetKey) => id),
    errors: inIndex("Kendra.BatchDeleteFeaturedResultsSet")
  }
})

const entityAnswer = (gone: string) =>
  listing("FailedEntityList", "EntityId", ({ entityId }: KendraOperations.EntityKey) => entityId, {
    ...uncoded,
    gone: { ErrorCode: "", ErrorMessage: gone }
  })

const entityType = fc.constantFrom("USER" as const, "GROUP" as const)
const persona = fc.constantFrom("OWNER" as const, "VIEWER" as const)

export const associateEntities = Subject.make(kendra.associateEntitiesOperation, {
  arbitrary: fc.record<KendraOperations.EntityAccess>({ ...entity, entityType }),
  fake: {
    ...onEntities,
    answer: entityAnswer("The entity is already associated."),
    errors: inIndex("Kendra.AssociateEntitiesToExperience")
  }
})

export const disassociateEntities = Subject.make(kendra.disassociateEntitiesOperation, {
  arbitrary: fc.record<KendraOperations.EntityAccess>({ ...entity, entityType }),
  fake: {
    ...onEntities,
    answer: entityAnswer("The entity is not associated."),
    errors: inIndex("Kendra.DisassociateEntitiesFromExperience")
  }
})

export const associatePersonas = Subject.make(kendra.associatePersonasOperation, {
  arbitrary: fc.record<KendraOperations.EntityPersona>({ ...entity, persona }),
  fake: {
    ...onEntities,
    answer: entityAnswer("The persona is already associated."),
    errors: inIndex("Kendra.AssociatePersonasToEntities")
  }
})

export const disassociatePersonas = Subject.make(kendra.disassociatePersonasOperation, {
  arbitrary: fc.record<KendraOperations.EntityKey>(entity),
  fake: {
    ...onEntities,
    answer: entityAnswer("The persona does not exist."),
    errors: inIndex("Kendra.DisassociatePersonasFromEntities")
  }
})
