/** The operations of HealthOmics under the laws: items, answers in its own form, and its own errors for each fate. */
import { AwsError } from "@effect-bulk/aws"
import { Omics, OmicsError, type OmicsOperations } from "@effect-bulk/omics"
import { layerTest, OmicsModel } from "@effect-bulk/omics/testing"
import * as Subject from "@effect-bulk/testing/Subject"
import { Effect } from "effect"
import * as fc from "fast-check"

const omics = await Effect.runPromise(Effect.provide(Omics, layerTest({ model: OmicsModel.make() })))

// Few names, so that some are given twice.
const number = fc.integer({ min: 1, max: 12 })

const messages = {
  busy: "An internal error occurred.",
  slow: "Rate exceeded.",
  no: "The specified readset is in use.",
  gone: "The specified readset does not exist."
}

/** Answers that list failures, each with its id under a key; the code is empty, as in AWS's own example. */
const listing =
  <Item>(key: string, id: (item: Item) => string): Subject.Fake<Item, never>["answer"] =>
  (results, { quirk }) => {
    const failed = (id: string | undefined, says: keyof typeof messages) => ({
      ...(id !== undefined && { [key]: id }),
      ...(key === "id" && { code: "" }),
      message: messages[says]
    })
    const errors = results.flatMap(({ item, says }) => {
      if (says === "ok" || says === "silent") return []
      return says === "twice" ? [failed(id(item), "no"), failed(id(item), "busy")] : [failed(id(item), says)]
    })
    if (quirk === "nameless") errors.push(failed(undefined, "no"))
    if (quirk === "foreign") errors.push(failed("stranger", "no"))
    // A full success has no body.
    return errors.length === 0 ? {} : { errors }
  }

const errorsOf = (operation: string) => {
  const fieldsOf = ({ hint, number }: { readonly hint: number | undefined; readonly number: number }) => ({
    operation,
    message: `call ${number}`,
    requestId: `request-${number}`,
    ...(hint !== undefined && { retryAfter: hint })
  })
  return {
    throttled: (call) => new OmicsError.ThrottlingException({ ...fieldsOf(call), status: 429 }),
    unavailable: (call) => new AwsError.NetworkError({ ...fieldsOf(call), code: "ECONNREFUSED", reached: false }),
    reset: (call) => new OmicsError.InternalServerException({ ...fieldsOf(call), status: 500 }),
    undecodable: (call) => new AwsError.UndecodableResponse({ ...fieldsOf(call), status: 200 }),
    tooLarge: (call) =>
      new AwsError.UnknownServiceError({ ...fieldsOf(call), code: "RequestEntityTooLargeException", status: 413 }),
    rejected: (call) => new OmicsError.ValidationException({ ...fieldsOf(call), status: 400 }),
    fatal: (call) => new OmicsError.ResourceNotFoundException({ ...fieldsOf(call), status: 404 }),
    credentials: (call) =>
      new AwsError.CredentialsError({ ...fieldsOf(call), code: "ExpiredTokenException", status: 403 })
  } satisfies Subject.Fake<never, OmicsError.DeleteAnnotationStoreVersionsError>["errors"]
}

// Without codes, no policy can name what to retry.
const removing = { says: ["ok", "busy", "slow", "no", "gone", "twice"], quirks: ["nameless", "foreign"] } as const

export const deleteReadSets = Subject.make(omics.deleteReadSetsOperation, {
  arbitrary: fc.record<OmicsOperations.ReadSetKey>({
    sequenceStoreId: fc.constantFrom("1111111111", "1111111111", "2222222222", "3333333333"),
    id: number.map((n) => String(5_000_000_000 + n))
  }),
  fake: {
    ...removing,
    answer: listing("id", ({ id }: OmicsOperations.ReadSetKey) => id),
    errors: errorsOf("Omics.BatchDeleteReadSet")
  }
})

export const deleteAnnotationStoreVersions = Subject.make(omics.deleteAnnotationStoreVersionsOperation, {
  arbitrary: fc.record<OmicsOperations.VersionKey>({
    name: fc.constantFrom("variants", "genes"),
    versionName: number.map((n) => `version_${n}`),
    force: fc.boolean()
  }),
  fake: {
    ...removing,
    answer: listing("versionName", ({ versionName }: OmicsOperations.VersionKey) => versionName),
    errors: errorsOf("Omics.DeleteAnnotationStoreVersions")
  }
})
