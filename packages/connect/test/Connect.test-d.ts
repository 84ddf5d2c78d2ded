import type * as Sdk from "@aws-sdk/client-connect"
import type { AwsError, AwsOperation, Pagination, PartialFailure, Verification } from "@effect-bulk/aws"
import {
  Connect,
  type ConnectError,
  type ConnectId,
  type ConnectOperations,
  type ConnectSchema,
  type DataSetRemoval,
  type DataTableOperations,
  type DataTableSchema
} from "@effect-bulk/connect"
import type { BatchOperation, Bulk, Report } from "@effect-bulk/core"
import { describe, expectTypeOf, it } from "@effect/vitest"
import { type Config, type Effect, type Layer, type Stream } from "effect"

declare const connect: Connect["Service"]
type Service = Connect["Service"]

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

type InInstance =
  | OfAnyCall
  | ConnectError.InternalServiceException
  | ConnectError.InvalidParameterException
  | ConnectError.InvalidRequestException
  | ConnectError.ResourceNotFoundException
  | ConnectError.ThrottlingException

/** What is to be pinned of a batch operation: its single call, its bulk method, and the operation for `Bulk`. */
interface Forms<One extends keyof Service, All extends keyof Service, Operation extends keyof Service> {
  readonly one: Service[One] extends (...args: never) => Effect.Effect<infer A, infer E> ? [A, E] : never
  readonly all: Service[All] extends (...args: never) => Effect.Effect<infer A, infer E, unknown> ? [A, E] : never
  readonly operation: Service[Operation]
}

interface Pinned<Response, CallE, Item, A, ItemE> {
  readonly one: [Response, CallE | ([ItemE] extends [never] ? never : PartialFailure.PartialFailure<Response, ItemE>)]
  readonly all: [Report.Report<Item, A, CallE | ItemE>, Report.BulkIncomplete<Item, A, CallE | ItemE>]
  readonly operation: BatchOperation.BatchOperation<Item, A, CallE | ItemE>
}

describe("what each batch operation gives and fails with", () => {
  it("BatchAssociateAnalyticsDataSet", () => {
    expectTypeOf<
      Forms<"batchAssociateAnalyticsDataSet", "associateAnalyticsDataSets", "associateAnalyticsDataSetsOperation">
    >().toEqualTypeOf<
      Pinned<
        ConnectSchema.BatchAssociateAnalyticsDataSetResponse,
        InInstance,
        ConnectOperations.AnalyticsDataSetKey,
        ConnectSchema.AnalyticsDataAssociation,
        ConnectError.AnalyticsDataSetError
      >
    >()
  })

  it("BatchDisassociateAnalyticsDataSet", () => {
    expectTypeOf<
      Forms<
        "batchDisassociateAnalyticsDataSet",
        "disassociateAnalyticsDataSets",
        "disassociateAnalyticsDataSetsOperation"
      >
    >().toEqualTypeOf<
      Pinned<
        ConnectSchema.BatchDisassociateAnalyticsDataSetResponse,
        InInstance,
        ConnectOperations.AnalyticsDataSetKey,
        void,
        ConnectError.AnalyticsDataSetError
      >
    >()
  })

  it("BatchGetAttachedFileMetadata", () => {
    expectTypeOf<
      Forms<"batchGetAttachedFileMetadata", "getAttachedFileMetadata", "getAttachedFileMetadataOperation">
    >().toEqualTypeOf<
      Pinned<
        ConnectSchema.BatchGetAttachedFileMetadataResponse,
        Exclude<InInstance, ConnectError.InvalidParameterException>,
        ConnectOperations.AttachedFileKey,
        ConnectSchema.AttachedFile,
        ConnectError.AttachedFileError
      >
    >()
  })

  it("BatchGetFlowAssociation", () => {
    expectTypeOf<
      Forms<"batchGetFlowAssociation", "getFlowAssociations", "getFlowAssociationsOperation">["all"]
    >().toEqualTypeOf<
      Pinned<
        ConnectSchema.BatchGetFlowAssociationResponse,
        InInstance,
        ConnectOperations.FlowResource,
        ReadonlyArray<ConnectSchema.FlowAssociation>,
        never
      >["all"]
    >()
    expectTypeOf<ErrorOf<typeof connect.batchGetFlowAssociation>>().toEqualTypeOf<
      InInstance | PartialFailure.PartialFailure<ConnectSchema.BatchGetFlowAssociationResponse, never>
    >()
  })

  it("BatchPutContact", () => {
    expectTypeOf<Forms<"batchPutContact", "putContacts", "putContactsOperation">>().toEqualTypeOf<
      Pinned<
        ConnectSchema.BatchPutContactResponse,
        | OfAnyCall
        | ConnectError.IdempotencyException
        | ConnectError.InternalServiceException
        | ConnectError.InvalidRequestException
        | ConnectError.LimitExceededException
        | ConnectError.ResourceNotFoundException,
        ConnectOperations.ContactPut,
        string | undefined,
        ConnectError.ContactError
      >
    >()
  })

  it("BatchCreateDataTableValue", () => {
    expectTypeOf<
      Forms<"batchCreateDataTableValue", "createDataTableValues", "createDataTableValuesOperation">
    >().toEqualTypeOf<
      Pinned<
        DataTableSchema.BatchCreateDataTableValueResponse,
        | InInstance
        | ConnectError.ConflictException
        | ConnectError.DuplicateResourceException
        | ConnectError.ServiceQuotaExceededException,
        DataTableOperations.ValuePut,
        DataTableSchema.CreatedDataTableValue,
        ConnectError.DataTableValueError
      >
    >()
  })

  it("BatchUpdateDataTableValue", () => {
    expectTypeOf<
      Forms<"batchUpdateDataTableValue", "updateDataTableValues", "updateDataTableValuesOperation">
    >().toEqualTypeOf<
      Pinned<
        DataTableSchema.BatchChangeDataTableValueResponse,
        InInstance | ConnectError.ConflictException,
        DataTableOperations.ValuePut,
        DataTableSchema.ChangedDataTableValue,
        ConnectError.DataTableValueError
      >
    >()
  })

  it("BatchDeleteDataTableValue", () => {
    expectTypeOf<
      Forms<"batchDeleteDataTableValue", "deleteDataTableValues", "deleteDataTableValuesOperation">
    >().toEqualTypeOf<
      Pinned<
        DataTableSchema.BatchChangeDataTableValueResponse,
        InInstance | ConnectError.ConflictException,
        DataTableOperations.ValueDeletion,
        void,
        ConnectError.DataTableValueError
      >
    >()
  })

  it("BatchDescribeDataTableValue", () => {
    expectTypeOf<
      Forms<"batchDescribeDataTableValue", "describeDataTableValues", "describeDataTableValuesOperation">
    >().toEqualTypeOf<
      Pinned<
        DataTableSchema.BatchDescribeDataTableValueResponse,
        InInstance,
        DataTableOperations.ValueKey,
        DataTableSchema.DescribedDataTableValue,
        ConnectError.DataTableValueError
      >
    >()
  })

  it("AssociateWorkspace", () => {
    expectTypeOf<
      Forms<"associateWorkspace", "associateWorkspaceResources", "associateWorkspaceResourcesOperation">
    >().toEqualTypeOf<
      Pinned<
        ConnectSchema.WorkspaceResponse,
        InInstance | ConnectError.DuplicateResourceException,
        ConnectOperations.WorkspaceResource,
        void,
        ConnectError.WorkspaceResourceError
      >
    >()
  })

  it("DisassociateWorkspace", () => {
    expectTypeOf<
      Forms<"disassociateWorkspace", "disassociateWorkspaceResources", "disassociateWorkspaceResourcesOperation">
    >().toEqualTypeOf<
      Pinned<
        ConnectSchema.WorkspaceResponse,
        InInstance,
        ConnectOperations.WorkspaceResource,
        void,
        ConnectError.WorkspaceResourceError
      >
    >()
  })
})

describe("what each companion fails with", () => {
  it("one data set, with others or alone", () => {
    expectTypeOf<ErrorOf<typeof connect.disassociateAnalyticsDataSet>>().toEqualTypeOf<
      Bulk.ItemError<ConnectOperations.AnalyticsDataSetKey, InInstance | ConnectError.AnalyticsDataSetError>
    >()
    expectTypeOf<ErrorOf<typeof connect.associateAnalyticsDataSet>>().toEqualTypeOf<
      Bulk.ItemError<ConnectOperations.AnalyticsDataSetKey, InInstance | ConnectError.AnalyticsDataSetError>
    >()
    expectTypeOf<ErrorOf<typeof connect.disassociateAnalyticsDataSetAlone>>().toEqualTypeOf<InInstance>()
    expectTypeOf<ErrorOf<typeof connect.associateAnalyticsDataSetAlone>>().toEqualTypeOf<InInstance>()
  })

  it("disassociateAnalyticsDataSetsAndWait", () => {
    const waited = connect.disassociateAnalyticsDataSetsAndWait({
      instanceId: "",
      targetAccountId: "",
      dataSetIds: [""]
    })
    expectTypeOf<Effect.Error<typeof waited>>().toEqualTypeOf<
      Verification.NotVerified<
        ConnectOperations.AnalyticsDataSetKey,
        void,
        InInstance | ConnectError.AnalyticsDataSetError,
        DataSetRemoval.State,
        InInstance | Pagination.RepeatedPageToken
      >
    >()
  })

  it("lists", () => {
    type InList = InInstance | Pagination.RepeatedPageToken
    expectTypeOf<StreamErrorOf<typeof connect.listInstances>>().toEqualTypeOf<
      | OfAnyCall
      | ConnectError.InternalServiceException
      | ConnectError.InvalidRequestException
      | Pagination.RepeatedPageToken
    >()
    expectTypeOf<StreamErrorOf<typeof connect.listAnalyticsDataAssociations>>().toEqualTypeOf<InList>()
    expectTypeOf<StreamErrorOf<typeof connect.listAnalyticsDataLakeDataSets>>().toEqualTypeOf<InList>()
    expectTypeOf<StreamErrorOf<typeof connect.listDataTableValues>>().toEqualTypeOf<InList>()
    expectTypeOf<StreamErrorOf<typeof connect.searchWorkspaceAssociations>>().toEqualTypeOf<InList>()
  })

  it("send", () => {
    const sent = connect.send({} as Sdk.DeleteUserHierarchyGroupCommand)
    expectTypeOf<Effect.Success<typeof sent>>().toEqualTypeOf<Sdk.DeleteUserHierarchyGroupCommandOutput>()
    expectTypeOf<Effect.Error<typeof sent>>().toEqualTypeOf<InInstance | ConnectError.ResourceInUseException>()
  })

  it("the layers", () => {
    expectTypeOf(Connect.layer({ region: "" })).toEqualTypeOf<Layer.Layer<Connect, AwsError.ClientMisconfigured>>()
    expectTypeOf<ReturnType<typeof Connect.layerConfig>>().toEqualTypeOf<
      Layer.Layer<Connect, AwsError.ClientMisconfigured | Config.ConfigError>
    >()
  })
})

describe("what the methods take", () => {
  it("ids as plain texts, as branded ones, and as a stream whose errors and needs stay with the run", () => {
    const instanceId = {} as ConnectId.InstanceId
    const dataSetIds = [{} as ConnectId.DataSetId]
    expectTypeOf(connect.disassociateAnalyticsDataSets).toBeCallableWith({ instanceId, dataSetIds })
    const streamed = connect.disassociateAnalyticsDataSets({
      instanceId: "",
      dataSetIds: {} as Stream.Stream<string, Error, Connect>
    })
    expectTypeOf<Effect.Services<typeof streamed>>().toEqualTypeOf<Connect>()
  })

  it("what the SDK takes", () => {
    type Takes<F extends (...args: never) => unknown> = NonNullable<Parameters<F>[0]>
    type Paged = "NextToken"
    type Is<Input> = AwsOperation.ReadonlyInput<Input>
    expectTypeOf<Takes<Service["batchAssociateAnalyticsDataSet"]>>().toExtend<
      Is<Sdk.BatchAssociateAnalyticsDataSetCommandInput>
    >()
    expectTypeOf<keyof Takes<Service["batchDisassociateAnalyticsDataSet"]>>().toEqualTypeOf<
      keyof Sdk.BatchDisassociateAnalyticsDataSetCommandInput
    >()
    expectTypeOf<keyof Takes<Service["batchGetAttachedFileMetadata"]>>().toEqualTypeOf<
      keyof Sdk.BatchGetAttachedFileMetadataCommandInput
    >()
    expectTypeOf<keyof Takes<Service["batchGetFlowAssociation"]>>().toEqualTypeOf<
      keyof Sdk.BatchGetFlowAssociationCommandInput
    >()
    expectTypeOf<keyof Takes<Service["batchPutContact"]>>().toEqualTypeOf<keyof Sdk.BatchPutContactCommandInput>()
    expectTypeOf<keyof typeof ConnectSchema.ContactDataRequest.Encoded>().toEqualTypeOf<keyof Sdk.ContactDataRequest>()
    expectTypeOf<keyof typeof DataTableSchema.DataTableValue.Encoded>().toEqualTypeOf<keyof Sdk.DataTableValue>()
    expectTypeOf<keyof typeof DataTableSchema.LockVersion.Encoded>().toEqualTypeOf<keyof Sdk.DataTableLockVersion>()
    expectTypeOf<keyof typeof DataTableSchema.DataTableDeleteValueIdentifier.Encoded>().toEqualTypeOf<
      keyof Sdk.DataTableDeleteValueIdentifier
    >()
    expectTypeOf<keyof typeof DataTableSchema.DataTableValueIdentifier.Encoded>().toEqualTypeOf<
      keyof Sdk.DataTableValueIdentifier
    >()
    expectTypeOf<keyof Takes<Service["associateWorkspace"]>>().toEqualTypeOf<keyof Sdk.AssociateWorkspaceCommandInput>()
    expectTypeOf<keyof Takes<Service["listInstances"]>>().toEqualTypeOf<
      Exclude<keyof Sdk.ListInstancesCommandInput, Paged>
    >()
    expectTypeOf<keyof Takes<Service["listAnalyticsDataAssociations"]>>().toEqualTypeOf<
      Exclude<keyof Sdk.ListAnalyticsDataAssociationsCommandInput, Paged>
    >()
    expectTypeOf<keyof Takes<Service["listAnalyticsDataLakeDataSets"]>>().toEqualTypeOf<
      Exclude<keyof Sdk.ListAnalyticsDataLakeDataSetsCommandInput, Paged>
    >()
    expectTypeOf<keyof Takes<Service["listDataTableValues"]>>().toEqualTypeOf<
      Exclude<keyof Sdk.ListDataTableValuesCommandInput, Paged>
    >()
    expectTypeOf<keyof Takes<Service["searchWorkspaceAssociations"]>>().toEqualTypeOf<
      Exclude<keyof Sdk.SearchWorkspaceAssociationsCommandInput, Paged>
    >()
  })
})

describe("what the methods answer", () => {
  it("has the members that the SDK has", () => {
    expectTypeOf<keyof ConnectSchema.Instance>().toEqualTypeOf<keyof Sdk.InstanceSummary>()
    expectTypeOf<keyof ConnectSchema.AnalyticsDataAssociation>().toEqualTypeOf<
      keyof Sdk.AnalyticsDataAssociationResult
    >()
    expectTypeOf<keyof ConnectSchema.AssociateAnalyticsDataSetResponse>().toEqualTypeOf<
      keyof Sdk.AssociateAnalyticsDataSetResponse
    >()
    expectTypeOf<keyof ConnectSchema.AnalyticsDataSet>().toEqualTypeOf<keyof Sdk.AnalyticsDataSetsResult>()
    expectTypeOf<keyof ConnectSchema.BatchDisassociateAnalyticsDataSetResponse>().toEqualTypeOf<
      keyof Sdk.BatchDisassociateAnalyticsDataSetResponse
    >()
    expectTypeOf<keyof ConnectSchema.AttachedFile>().toEqualTypeOf<keyof Sdk.AttachedFile>()
    expectTypeOf<keyof ConnectSchema.FlowAssociation>().toEqualTypeOf<keyof Sdk.FlowAssociationSummary>()
    expectTypeOf<keyof ConnectSchema.BatchPutContactResponse>().toEqualTypeOf<keyof Sdk.BatchPutContactResponse>()
    expectTypeOf<keyof ConnectSchema.WorkspaceAssociation>().toEqualTypeOf<
      keyof Sdk.WorkspaceAssociationSearchSummary
    >()
    expectTypeOf<keyof DataTableSchema.CreatedDataTableValue>().toEqualTypeOf<
      keyof Sdk.BatchCreateDataTableValueSuccessResult
    >()
    expectTypeOf<keyof DataTableSchema.ChangedDataTableValue>().toEqualTypeOf<
      keyof Sdk.BatchUpdateDataTableValueSuccessResult
    >()
    expectTypeOf<keyof DataTableSchema.DescribedDataTableValue>().toEqualTypeOf<
      keyof Sdk.BatchDescribeDataTableValueSuccessResult
    >()
    expectTypeOf<keyof DataTableSchema.ListedDataTableValue>().toEqualTypeOf<keyof Sdk.DataTableValueSummary>()
  })

  it("knows the enums of the SDK, and takes other values", () => {
    expectTypeOf<ConnectSchema.AttachedFile["FileStatus"]>().toEqualTypeOf<
      Sdk.FileStatusType | (string & {}) | undefined
    >()
    expectTypeOf<ConnectSchema.AttachedFile["FileUseCaseType"]>().toEqualTypeOf<
      Sdk.FileUseCaseType | (string & {}) | undefined
    >()
    expectTypeOf<ConnectSchema.FlowAssociation["ResourceType"]>().toEqualTypeOf<
      Sdk.ListFlowAssociationResourceType | (string & {}) | undefined
    >()
    type Failed = ConnectSchema.BatchPutContactResponse["FailedRequestList"][number]
    expectTypeOf<Failed["FailureReasonCode"]>().toEqualTypeOf<Sdk.FailureReasonCode | (string & {}) | undefined>()
    expectTypeOf<ConnectSchema.Instance["InstanceStatus"]>().toEqualTypeOf<
      Sdk.InstanceStatus | (string & {}) | undefined
    >()
    expectTypeOf<ConnectSchema.Instance["IdentityManagementType"]>().toEqualTypeOf<
      Sdk.DirectoryType | (string & {}) | undefined
    >()
    expectTypeOf<DataTableSchema.ListedDataTableValue["ValueType"]>().toEqualTypeOf<
      Sdk.DataTableAttributeValueType | (string & {}) | undefined
    >()
  })
})
