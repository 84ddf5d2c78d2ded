import type * as Sdk from "@aws-sdk/client-omics"
import type { AwsError, AwsOperation, Pagination, PartialFailure, Verification } from "@effect-bulk/aws"
import type { Bulk, Report } from "@effect-bulk/core"
import {
  Omics,
  type OmicsError,
  type OmicsOperations,
  type OmicsSchema,
  type ReadSetDeletion
} from "@effect-bulk/omics"
import { describe, expectTypeOf, it } from "@effect/vitest"
import { type Config, type Effect, type Layer, type Stream } from "effect"

declare const omics: Omics["Service"]

type ErrorOf<F extends (...args: never) => Effect.Effect<unknown, unknown, unknown>> = Effect.Error<ReturnType<F>>
type StreamErrorOf<F extends (...args: never) => Stream.Stream<unknown, unknown, unknown>> = Stream.Error<ReturnType<F>>

type OfAnyCall =
  | AwsError.AccessDeniedException
  | AwsError.ClientMisconfigured
  | AwsError.CredentialsError
  | AwsError.InvalidRequest
  | AwsError.NetworkError
  | AwsError.ResponseTimeout
  | AwsError.UndecodableResponse
  | AwsError.UnknownServiceError

type InStore =
  | OfAnyCall
  | OmicsError.InternalServerException
  | OmicsError.RequestTimeoutException
  | OmicsError.ResourceNotFoundException
  | OmicsError.ThrottlingException
  | OmicsError.ValidationException

describe("what each method fails with", () => {
  it("batchDeleteReadSet", () => {
    expectTypeOf<ErrorOf<typeof omics.batchDeleteReadSet>>().toEqualTypeOf<
      InStore | PartialFailure.PartialFailure<OmicsSchema.BatchDeleteReadSetResponse, OmicsError.ReadSetBatchError>
    >()
  })

  it("deleteReadSets", () => {
    expectTypeOf(omics.deleteReadSets({ sequenceStoreId: "", ids: [""] })).toEqualTypeOf<
      Effect.Effect<
        Report.Report<OmicsOperations.ReadSetKey, void, InStore | OmicsError.ReadSetBatchError>,
        Report.BulkIncomplete<OmicsOperations.ReadSetKey, void, InStore | OmicsError.ReadSetBatchError>
      >
    >()
  })

  it("deleteReadSet", () => {
    expectTypeOf<ErrorOf<typeof omics.deleteReadSet>>().toEqualTypeOf<
      Bulk.ItemError<OmicsOperations.ReadSetKey, InStore | OmicsError.ReadSetBatchError>
    >()
  })

  it("deleteReadSetsAndWait", () => {
    const waited = omics.deleteReadSetsAndWait({ sequenceStoreId: "", ids: [""] })
    expectTypeOf<Effect.Error<typeof waited>>().toEqualTypeOf<
      Verification.NotVerified<
        OmicsOperations.ReadSetKey,
        void,
        InStore | OmicsError.ReadSetBatchError,
        ReadSetDeletion.State,
        InStore | Pagination.RepeatedPageToken
      >
    >()
  })

  it("listReadSets", () => {
    expectTypeOf<StreamErrorOf<typeof omics.listReadSets>>().toEqualTypeOf<InStore | Pagination.RepeatedPageToken>()
  })

  it("getReadSetMetadata", () => {
    expectTypeOf<ErrorOf<typeof omics.getReadSetMetadata>>().toEqualTypeOf<InStore>()
  })

  it("listSequenceStores", () => {
    expectTypeOf<StreamErrorOf<typeof omics.listSequenceStores>>().toEqualTypeOf<
      Exclude<InStore, OmicsError.ResourceNotFoundException> | Pagination.RepeatedPageToken
    >()
  })

  it("getSequenceStore", () => {
    expectTypeOf<ErrorOf<typeof omics.getSequenceStore>>().toEqualTypeOf<InStore>()
  })

  type InAnnotations = Exclude<InStore, OmicsError.RequestTimeoutException>

  it("deleteAnnotationStoreVersions", () => {
    expectTypeOf<ErrorOf<typeof omics.deleteAnnotationStoreVersions>>().toEqualTypeOf<
      | InAnnotations
      | OmicsError.ConflictException
      | PartialFailure.PartialFailure<OmicsSchema.DeleteAnnotationStoreVersionsResponse, OmicsError.VersionDeleteError>
    >()
  })

  it("bulkDeleteAnnotationStoreVersions", () => {
    const deleted = omics.bulkDeleteAnnotationStoreVersions({ name: "", versions: [""] })
    expectTypeOf<Effect.Error<typeof deleted>>().toEqualTypeOf<
      Report.BulkIncomplete<
        OmicsOperations.VersionKey,
        void,
        InAnnotations | OmicsError.ConflictException | OmicsError.VersionDeleteError
      >
    >()
  })

  it("listAnnotationStoreVersions", () => {
    expectTypeOf<StreamErrorOf<typeof omics.listAnnotationStoreVersions>>().toEqualTypeOf<
      InAnnotations | Pagination.RepeatedPageToken
    >()
  })

  it("send", () => {
    const sent = omics.send({} as Sdk.GetReadSetCommand)
    expectTypeOf<Effect.Success<typeof sent>>().toEqualTypeOf<Sdk.GetReadSetCommandOutput>()
    expectTypeOf<Effect.Error<typeof sent>>().toEqualTypeOf<
      InStore | OmicsError.ConflictException | OmicsError.RangeNotSatisfiableException
    >()
  })

  it("the layers", () => {
    expectTypeOf(Omics.layer({ region: "" })).toEqualTypeOf<Layer.Layer<Omics, AwsError.ClientMisconfigured>>()
    expectTypeOf<ReturnType<typeof Omics.layerConfig>>().toEqualTypeOf<
      Layer.Layer<Omics, AwsError.ClientMisconfigured | Config.ConfigError>
    >()
  })
})

describe("what the methods take", () => {
  it("ids as plain texts, as branded ones, and as a stream whose errors and needs stay with the run", () => {
    const id = {} as OmicsSchema.ReadSetId
    expectTypeOf(omics.getReadSetMetadata).toBeCallableWith({ sequenceStoreId: "1234567890", id })
    const streamed = omics.deleteReadSets({ sequenceStoreId: "", ids: {} as Stream.Stream<string, Error, Omics> })
    expectTypeOf<Effect.Services<typeof streamed>>().toEqualTypeOf<Omics>()
  })

  it("what the SDK takes", () => {
    type Takes<F extends (...args: never) => unknown> = NonNullable<Parameters<F>[0]>
    expectTypeOf<Takes<typeof omics.batchDeleteReadSet>>().toExtend<
      AwsOperation.ReadonlyInput<Sdk.BatchDeleteReadSetCommandInput>
    >()
    expectTypeOf<keyof Takes<typeof omics.listReadSets>>().toEqualTypeOf<
      Exclude<keyof Sdk.ListReadSetsCommandInput, "nextToken">
    >()
    expectTypeOf<keyof typeof OmicsSchema.ReadSetFilter.Encoded>().toEqualTypeOf<keyof Sdk.ReadSetFilter>()
    expectTypeOf<keyof typeof OmicsSchema.SequenceStoreFilter.Encoded>().toEqualTypeOf<keyof Sdk.SequenceStoreFilter>()
    expectTypeOf<keyof Takes<typeof omics.listAnnotationStoreVersions>>().toEqualTypeOf<
      Exclude<keyof Sdk.ListAnnotationStoreVersionsCommandInput, "nextToken">
    >()
  })
})

describe("what the methods answer", () => {
  it("has the members that the SDK has", () => {
    expectTypeOf<keyof OmicsSchema.ReadSet>().toEqualTypeOf<keyof Sdk.ReadSetListItem>()
    expectTypeOf<keyof OmicsSchema.ReadSetMetadata>().toEqualTypeOf<keyof Sdk.GetReadSetMetadataResponse>()
    expectTypeOf<keyof OmicsSchema.SequenceStore>().toEqualTypeOf<keyof Sdk.SequenceStoreDetail>()
    expectTypeOf<keyof OmicsSchema.SequenceStoreDetail>().toEqualTypeOf<keyof Sdk.GetSequenceStoreResponse>()
    expectTypeOf<keyof OmicsSchema.AnnotationStoreVersion>().toEqualTypeOf<keyof Sdk.AnnotationStoreVersionItem>()
  })

  it("knows the enums of the SDK, and takes other values", () => {
    expectTypeOf<OmicsSchema.ReadSet["status"]>().toEqualTypeOf<Sdk.ReadSetStatus | (string & {})>()
    expectTypeOf<OmicsSchema.AnnotationStoreVersion["status"]>().toEqualTypeOf<Sdk.VersionStatus | (string & {})>()
  })
})
