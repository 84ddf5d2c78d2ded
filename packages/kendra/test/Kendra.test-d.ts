import type * as Sdk from "@aws-sdk/client-kendra"
import type { AwsError, AwsOperation, Pagination, PartialFailure, Verification } from "@effect-bulk/aws"
import type { Bulk, CallError, Report } from "@effect-bulk/core"
import {
  type DocumentWork,
  Kendra,
  type KendraDocument,
  type KendraError,
  type KendraId,
  type KendraOperations,
  type KendraSchema
} from "@effect-bulk/kendra"
import { describe, expectTypeOf, it } from "@effect/vitest"
import type { Config, Effect, Layer, Stream } from "effect"

declare const kendra: Kendra["Service"]

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

type Listing =
  | OfAnyCall
  | KendraError.InternalServerException
  | KendraError.ThrottlingException
  | KendraError.ValidationException

type InIndex = Listing | KendraError.ResourceNotFoundException
type OnDocuments = InIndex | KendraError.ConflictException
type Putting = OnDocuments | KendraError.ServiceQuotaExceededException
type Associating = InIndex | KendraError.ResourceAlreadyExistException

/** Each form of a batch operation, with what it fails with. */
interface Forms<Response, Item, A, E, ItemE> {
  readonly one: E | PartialFailure.PartialFailure<Response, ItemE>
  readonly all: Effect.Effect<Report.Report<Item, A, E | ItemE>, Report.BulkIncomplete<Item, A, E | ItemE>>
  readonly single: Bulk.ItemError<Item, E | ItemE>
}

describe("what each batch operation fails with", () => {
  it("BatchDeleteDocument", () => {
    const all = kendra.deleteDocuments({ indexId: "", ids: [""] })
    expectTypeOf<{
      readonly one: ErrorOf<typeof kendra.batchDeleteDocument>
      readonly all: typeof all
      readonly single: ErrorOf<typeof kendra.deleteDocument>
    }>().toEqualTypeOf<
      Forms<
        KendraSchema.BatchDeleteDocumentResponse,
        KendraOperations.DocumentDeletion,
        void,
        OnDocuments,
        KendraError.DocumentError
      >
    >()
  })

  it("BatchPutDocument", () => {
    const all = kendra.putDocuments({ indexId: "", documents: [{ Id: "" }] })
    expectTypeOf<{
      readonly one: ErrorOf<typeof kendra.batchPutDocument>
      readonly all: typeof all
      readonly single: ErrorOf<typeof kendra.putDocument>
    }>().toEqualTypeOf<
      Forms<
        KendraSchema.BatchPutDocumentResponse,
        KendraOperations.DocumentPut,
        void,
        Putting,
        KendraError.DocumentError
      >
    >()
  })

  it("BatchGetDocumentStatus", () => {
    const all = kendra.getDocumentStatuses({ indexId: "", ids: [""] })
    expectTypeOf<{
      readonly one: ErrorOf<typeof kendra.batchGetDocumentStatus>
      readonly all: typeof all
      readonly single: ErrorOf<typeof kendra.getDocumentStatus>
    }>().toEqualTypeOf<
      Forms<
        KendraSchema.BatchGetDocumentStatusResponse,
        KendraOperations.DocumentLook,
        KendraSchema.DocumentStatus,
        OnDocuments,
        KendraError.DocumentError
      >
    >()
  })

  it("BatchDeleteFeaturedResultsSet", () => {
    const all = kendra.deleteFeaturedResultsSets({ indexId: "", ids: [""] })
    expectTypeOf<{
      readonly one: ErrorOf<typeof kendra.batchDeleteFeaturedResultsSet>
      readonly all: typeof all
      readonly single: ErrorOf<typeof kendra.deleteFeaturedResultsSet>
    }>().toEqualTypeOf<
      Forms<
        KendraSchema.BatchDeleteFeaturedResultsSetResponse,
        KendraOperations.FeaturedResultsSetKey,
        void,
        InIndex,
        KendraError.FeaturedResultsSetError
      >
    >()
  })

  const experience = { indexId: "", experienceId: "" }

  it("AssociateEntitiesToExperience", () => {
    const all = kendra.associateEntities({ ...experience, entities: [{ entityId: "", entityType: "USER" }] })
    expectTypeOf<{
      readonly one: ErrorOf<typeof kendra.associateEntitiesToExperience>
      readonly all: typeof all
      readonly single: ErrorOf<typeof kendra.associateEntity>
    }>().toEqualTypeOf<
      Forms<
        KendraSchema.FailedEntitiesResponse,
        KendraOperations.EntityAccess,
        void,
        Associating,
        KendraError.EntityError
      >
    >()
  })

  it("DisassociateEntitiesFromExperience", () => {
    const all = kendra.disassociateEntities({ ...experience, entities: [{ entityId: "", entityType: "USER" }] })
    expectTypeOf<{
      readonly one: ErrorOf<typeof kendra.disassociateEntitiesFromExperience>
      readonly all: typeof all
      readonly single: ErrorOf<typeof kendra.disassociateEntity>
    }>().toEqualTypeOf<
      Forms<KendraSchema.FailedEntitiesResponse, KendraOperations.EntityAccess, void, InIndex, KendraError.EntityError>
    >()
  })

  it("AssociatePersonasToEntities", () => {
    const all = kendra.associatePersonas({ ...experience, personas: [{ entityId: "", persona: "OWNER" }] })
    expectTypeOf<{
      readonly one: ErrorOf<typeof kendra.associatePersonasToEntities>
      readonly all: typeof all
      readonly single: ErrorOf<typeof kendra.associatePersona>
    }>().toEqualTypeOf<
      Forms<
        KendraSchema.FailedEntitiesResponse,
        KendraOperations.EntityPersona,
        void,
        Associating,
        KendraError.EntityError
      >
    >()
  })

  it("DisassociatePersonasFromEntities", () => {
    const all = kendra.disassociatePersonas({ ...experience, entityIds: [""] })
    expectTypeOf<{
      readonly one: ErrorOf<typeof kendra.disassociatePersonasFromEntities>
      readonly all: typeof all
      readonly single: ErrorOf<typeof kendra.disassociatePersona>
    }>().toEqualTypeOf<
      Forms<KendraSchema.FailedEntitiesResponse, KendraOperations.EntityKey, void, InIndex, KendraError.EntityError>
    >()
  })
})

describe("what each other method fails with", () => {
  it("deleteDocumentsAndWait, putDocumentsAndWait", () => {
    const deleted = kendra.deleteDocumentsAndWait({ indexId: "", ids: [""] })
    expectTypeOf<Effect.Error<typeof deleted>>().toEqualTypeOf<
      Verification.NotVerified<
        KendraOperations.DocumentDeletion,
        void,
        OnDocuments | KendraError.DocumentError,
        DocumentWork.DeletionState,
        OnDocuments | KendraError.DocumentError | CallError.CallError
      >
    >()
    const put = kendra.putDocumentsAndWait({ indexId: "", documents: [{ Id: "" }] })
    expectTypeOf<Effect.Error<typeof put>>().toEqualTypeOf<
      Verification.NotVerified<
        KendraOperations.DocumentPut,
        void,
        Putting | KendraError.DocumentError,
        DocumentWork.IndexingState,
        OnDocuments | KendraError.DocumentError | CallError.CallError
      >
    >()
  })

  it("the lists", () => {
    type Pages<E> = E | Pagination.RepeatedPageToken
    expectTypeOf<StreamErrorOf<typeof kendra.listIndices>>().toEqualTypeOf<Pages<Listing>>()
    expectTypeOf<StreamErrorOf<typeof kendra.listDataSources>>().toEqualTypeOf<Pages<InIndex>>()
    expectTypeOf<StreamErrorOf<typeof kendra.listDataSourceSyncJobs>>().toEqualTypeOf<Pages<OnDocuments>>()
    expectTypeOf<StreamErrorOf<typeof kendra.listFeaturedResultsSets>>().toEqualTypeOf<Pages<InIndex>>()
    expectTypeOf<StreamErrorOf<typeof kendra.listExperienceEntities>>().toEqualTypeOf<Pages<InIndex>>()
  })

  it("describeIndex, startDataSourceSyncJob, stopDataSourceSyncJob", () => {
    expectTypeOf<ErrorOf<typeof kendra.describeIndex>>().toEqualTypeOf<InIndex>()
    expectTypeOf<ErrorOf<typeof kendra.startDataSourceSyncJob>>().toEqualTypeOf<
      OnDocuments | KendraError.ResourceInUseException
    >()
    expectTypeOf<ErrorOf<typeof kendra.stopDataSourceSyncJob>>().toEqualTypeOf<InIndex>()
  })

  it("send", () => {
    const sent = kendra.send({} as Sdk.CreateFeaturedResultsSetCommand)
    expectTypeOf<Effect.Success<typeof sent>>().toEqualTypeOf<Sdk.CreateFeaturedResultsSetCommandOutput>()
    expectTypeOf<Effect.Error<typeof sent>>().toEqualTypeOf<
      OnDocuments | KendraError.FeaturedResultsConflictException
    >()
  })

  it("the layers", () => {
    expectTypeOf(Kendra.layer({ region: "" })).toEqualTypeOf<Layer.Layer<Kendra, AwsError.ClientMisconfigured>>()
    expectTypeOf<ReturnType<typeof Kendra.layerConfig>>().toEqualTypeOf<
      Layer.Layer<Kendra, AwsError.ClientMisconfigured | Config.ConfigError>
    >()
  })
})

describe("what the methods take", () => {
  it("ids as plain texts, as branded ones, and as a stream whose errors and needs stay with the run", () => {
    expectTypeOf(kendra.describeIndex).toBeCallableWith({ Id: {} as KendraId.IndexId })
    expectTypeOf(kendra.deleteDocument).toBeCallableWith({ indexId: "", id: {} as KendraId.DocumentId })
    const streamed = kendra.deleteDocuments({ indexId: "", ids: {} as Stream.Stream<string, Error, Kendra> })
    expectTypeOf<Effect.Services<typeof streamed>>().toEqualTypeOf<Kendra>()
  })

  it("what the SDK takes", () => {
    type Takes<F extends (...args: never) => unknown> = NonNullable<Parameters<F>[0]>
    expectTypeOf<Takes<typeof kendra.batchDeleteDocument>>().toExtend<
      AwsOperation.ReadonlyInput<Sdk.BatchDeleteDocumentCommandInput>
    >()
    expectTypeOf<keyof KendraDocument.Document>().toEqualTypeOf<keyof Sdk.Document>()
    expectTypeOf<keyof KendraDocument.CustomDocumentEnrichmentConfiguration>().toEqualTypeOf<
      keyof Sdk.CustomDocumentEnrichmentConfiguration
    >()
    expectTypeOf<keyof Takes<typeof kendra.batchPutDocument>>().toEqualTypeOf<keyof Sdk.BatchPutDocumentCommandInput>()
    expectTypeOf<keyof Takes<typeof kendra.listDataSourceSyncJobs>>().toEqualTypeOf<
      Exclude<keyof Sdk.ListDataSourceSyncJobsCommandInput, "NextToken">
    >()
  })
})

describe("what the methods answer", () => {
  it("has the members that the SDK has", () => {
    expectTypeOf<keyof KendraSchema.DocumentStatus>().toEqualTypeOf<keyof Sdk.Status>()
    expectTypeOf<keyof KendraSchema.Index>().toEqualTypeOf<keyof Sdk.IndexConfigurationSummary>()
    expectTypeOf<keyof KendraSchema.IndexDetail>().toEqualTypeOf<keyof Sdk.DescribeIndexResponse>()
    expectTypeOf<keyof KendraSchema.DataSource>().toEqualTypeOf<keyof Sdk.DataSourceSummary>()
    expectTypeOf<keyof KendraSchema.SyncJob>().toEqualTypeOf<keyof Sdk.DataSourceSyncJob>()
    expectTypeOf<keyof KendraSchema.FeaturedResultsSet>().toEqualTypeOf<keyof Sdk.FeaturedResultsSetSummary>()
    expectTypeOf<keyof KendraSchema.ExperienceEntity>().toEqualTypeOf<keyof Sdk.ExperienceEntitiesSummary>()
  })

  it("knows the enums of the SDK, and takes other values", () => {
    type Open<E> = E | (string & {}) | undefined
    expectTypeOf<KendraSchema.DocumentStatus["DocumentStatus"]>().toEqualTypeOf<Open<Sdk.DocumentStatus>>()
    expectTypeOf<KendraSchema.SyncJob["Status"]>().toEqualTypeOf<Open<Sdk.DataSourceSyncJobStatus>>()
    expectTypeOf<KendraSchema.DataSource["Type"]>().toEqualTypeOf<Open<Sdk.DataSourceType>>()
    expectTypeOf<KendraSchema.IndexDetail["Edition"]>().toEqualTypeOf<Open<Sdk.IndexEdition>>()
    expectTypeOf<KendraSchema.Index["Status"]>().toEqualTypeOf<Sdk.IndexStatus | (string & {})>()
  })
})
