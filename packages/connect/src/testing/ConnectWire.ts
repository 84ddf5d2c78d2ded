/**
 * How the operations of Connect travel (restJson1), and every documented constraint of their inputs.
 *
 * @since 0.1.0
 */
import * as ServiceWire from "@effect-bulk/aws/testing/ServiceWire"
import * as Schema from "effect/Schema"
import { valueId } from "../DataTableSchema.ts"

const length = (minimum: number, maximum: number) => Schema.String.check(Schema.isBetweenLength(minimum, maximum))
const text = Schema.optionalKey(Schema.String)
const InstanceId = length(1, 100)
const DataSetId = length(1, 255)
const AttributeName = length(1, 127).check(Schema.isPattern(/^[\p{L}\p{Z}\p{N}\-_.:=@'|]+$/u))

// In a query these are text, and called otherwise.
const paged = ["maxResults", "nextToken"]
const pageKeys = { MaxResults: "maxResults", NextToken: "nextToken" } as const
const page = (maximum: number) => ({
  MaxResults: Schema.optionalKey(ServiceWire.IntegerText.check(Schema.isBetween({ minimum: 1, maximum }))),
  NextToken: text
})

const dataSets = {
  path: "/analytics-data/instance/{InstanceId}/associations",
  input: Schema.Struct({ InstanceId, DataSetIds: Schema.Array(DataSetId), TargetAccountId: text }),
  items: ({ DataSetIds }: { readonly DataSetIds: ReadonlyArray<string> }) => DataSetIds
}

const dataSet = {
  path: "/analytics-data/instance/{InstanceId}/association",
  input: Schema.Struct({ InstanceId, DataSetId, TargetAccountId: text }),
  items: (input: { readonly DataSetId: string }) => [input.DataSetId]
}

const Endpoint = Schema.optionalKey(
  Schema.Struct({
    Type: Schema.optionalKey(
      Schema.Literals(["TELEPHONE_NUMBER", "VOIP", "CONTACT_FLOW", "CONNECT_PHONENUMBER_ARN", "EMAIL_ADDRESS"])
    ),
    Address: Schema.optionalKey(length(0, 256))
  })
)

const Preview = Schema.Struct({
  PostAcceptTimeoutConfig: Schema.Struct({ DurationInSeconds: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)) }),
  AllowedUserActions: Schema.Array(Schema.Literals(["CALL", "DISCARD"]))
})

const ContactDataRequest = Schema.Struct({
  RequestIdentifier: Schema.optionalKey(length(0, 80)),
  SystemEndpoint: Endpoint,
  CustomerEndpoint: Endpoint,
  QueueId: text,
  Attributes: Schema.optionalKey(
    Schema.Record(Schema.String, length(0, 32_767)).check(Schema.isPropertyNames(length(1, 32_767)))
  ),
  Campaign: Schema.optionalKey(Schema.Struct({ CampaignId: Schema.optionalKey(length(1, 100)) })),
  OutboundStrategy: Schema.optionalKey(
    Schema.Struct({
      Type: Schema.Literals(["AGENT_FIRST"]),
      Config: Schema.optionalKey(
        Schema.Struct({ AgentFirst: Schema.optionalKey(Schema.Struct({ Preview: Schema.optionalKey(Preview) })) })
      )
    })
  )
})

const PrimaryValues = Schema.optionalKey(Schema.Array(Schema.Struct({ AttributeName, Value: Schema.String })))
const LockVersion = Schema.Struct({ DataTable: text, Attribute: text, PrimaryValues: text, Value: text })
const DataTableValue = Schema.Struct({
  PrimaryValues,
  AttributeName,
  Value: Schema.String,
  LockVersion: Schema.optionalKey(LockVersion),
  LastModifiedTime: Schema.optionalKey(ServiceWire.EpochSeconds),
  LastModifiedRegion: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^[a-z]{2}(-[a-z]+){1,2}(-[0-9])?$/)))
})
const table = { InstanceId, DataTableId: length(1, 256) }
const values = (input: { readonly Values: ReadonlyArray<Parameters<typeof valueId>[0]> }) => input.Values.map(valueId)

const workspace = {
  input: Schema.Struct({
    InstanceId,
    WorkspaceId: length(1, 256),
    ResourceArns: Schema.Array(Schema.String).check(Schema.isBetweenLength(1, 25))
  }),
  items: ({ ResourceArns }: { readonly ResourceArns: ReadonlyArray<string> }) => ResourceArns
}

/**
 * What a search looks for.
 *
 * @category models
 * @since 0.1.0
 */
export interface Criteria {
  readonly OrConditions?: ReadonlyArray<Criteria>
  readonly AndConditions?: ReadonlyArray<Criteria>
  readonly StringCondition?: { readonly FieldName?: string; readonly Value?: string; readonly ComparisonType?: string }
}
const Criteria: Schema.Codec<Criteria> = Schema.Struct({
  OrConditions: Schema.optionalKey(Schema.Array(Schema.suspend(() => Criteria))),
  AndConditions: Schema.optionalKey(Schema.Array(Schema.suspend(() => Criteria))),
  StringCondition: Schema.optionalKey(
    Schema.Struct({
      FieldName: text,
      Value: text,
      ComparisonType: Schema.optionalKey(Schema.Literals(["STARTS_WITH", "CONTAINS", "EXACT"]))
    })
  )
})

const TagCondition = Schema.Struct({ TagKey: text, TagValue: text })
const TagConditions = Schema.Struct({ TagConditions: Schema.optionalKey(Schema.Array(TagCondition)) })

/**
 * The wire of Connect.
 *
 * @category models
 * @since 0.1.0
 */
export const connectWire = ServiceWire.make({
  service: "connect",
  protocol: "restJson1",
  timestamps: "epochSeconds",
  message: "Message",
  // The one exception for a broken constraint that every operation documents.
  validation: "InvalidRequestException",
  operations: {
    ListInstances: ServiceWire.operation({
      method: "GET",
      path: "/instance",
      query: paged,
      input: Schema.Struct(page(10)).pipe(Schema.encodeKeys(pageKeys))
    }),
    BatchAssociateAnalyticsDataSet: ServiceWire.operation({ method: "PUT", ...dataSets }),
    BatchDisassociateAnalyticsDataSet: ServiceWire.operation({ method: "POST", ...dataSets }),
    AssociateAnalyticsDataSet: ServiceWire.operation({ method: "PUT", ...dataSet }),
    DisassociateAnalyticsDataSet: ServiceWire.operation({ method: "POST", ...dataSet, bodyless: true }),
    ListAnalyticsDataAssociations: ServiceWire.operation({
      method: "GET",
      path: "/analytics-data/instance/{InstanceId}/association",
      query: ["DataSetId", ...paged],
      input: Schema.Struct({ InstanceId, DataSetId: Schema.optionalKey(DataSetId), ...page(1000) }).pipe(
        Schema.encodeKeys(pageKeys)
      )
    }),
    ListAnalyticsDataLakeDataSets: ServiceWire.operation({
      method: "GET",
      path: "/analytics-data/instance/{InstanceId}/datasets",
      query: paged,
      input: Schema.Struct({ InstanceId, ...page(1000) }).pipe(Schema.encodeKeys(pageKeys))
    }),
    BatchGetAttachedFileMetadata: ServiceWire.operation({
      method: "POST",
      path: "/attached-files/{InstanceId}",
      query: ["associatedResourceArn"],
      input: Schema.Struct({
        InstanceId,
        AssociatedResourceArn: Schema.String,
        FileIds: Schema.Array(length(1, 256)).check(Schema.isBetweenLength(1, 100))
      }).pipe(Schema.encodeKeys({ AssociatedResourceArn: "associatedResourceArn" })),
      items: ({ FileIds }) => FileIds
    }),
    BatchGetFlowAssociation: ServiceWire.operation({
      method: "POST",
      path: "/flow-associations-batch/{InstanceId}",
      input: Schema.Struct({
        InstanceId,
        ResourceIds: Schema.Array(Schema.String).check(Schema.isBetweenLength(1, 100)),
        ResourceType: Schema.optionalKey(
          Schema.Literals([
            "WHATSAPP_MESSAGING_PHONE_NUMBER",
            "VOICE_PHONE_NUMBER",
            "INBOUND_EMAIL",
            "OUTBOUND_EMAIL",
            "ANALYTICS_CONNECTOR"
          ])
        )
      }),
      items: ({ ResourceIds }) => ResourceIds
    }),
    BatchPutContact: ServiceWire.operation({
      method: "PUT",
      path: "/contact/batch/{InstanceId}",
      input: Schema.Struct({
        InstanceId,
        ClientToken: Schema.optionalKey(length(0, 500)),
        ContactDataRequestList: Schema.Array(ContactDataRequest).check(Schema.isBetweenLength(1, 25))
      }),
      items: ({ ContactDataRequestList }) =>
        ContactDataRequestList.map(({ RequestIdentifier }) => RequestIdentifier ?? "")
    }),
    BatchCreateDataTableValue: ServiceWire.operation({
      method: "POST",
      path: "/data-tables/{InstanceId}/{DataTableId}/values/create",
      input: Schema.Struct({ ...table, Values: Schema.Array(DataTableValue).check(Schema.isMinLength(1)) }),
      items: values
    }),
    BatchUpdateDataTableValue: ServiceWire.operation({
      method: "POST",
      path: "/data-tables/{InstanceId}/{DataTableId}/values/update",
      input: Schema.Struct({ ...table, Values: Schema.Array(DataTableValue).check(Schema.isMinLength(1)) }),
      items: values
    }),
    BatchDeleteDataTableValue: ServiceWire.operation({
      method: "POST",
      path: "/data-tables/{InstanceId}/{DataTableId}/values/delete",
      input: Schema.Struct({
        ...table,
        Values: Schema.Array(Schema.Struct({ PrimaryValues, AttributeName, LockVersion }))
      }),
      items: values
    }),
    BatchDescribeDataTableValue: ServiceWire.operation({
      method: "POST",
      path: "/data-tables/{InstanceId}/{DataTableId}/values/describe",
      input: Schema.Struct({ ...table, Values: Schema.Array(Schema.Struct({ PrimaryValues, AttributeName })) }),
      items: values
    }),
    ListDataTableValues: ServiceWire.operation({
      method: "POST",
      path: "/data-tables/{InstanceId}/{DataTableId}/values/list",
      query: paged,
      input: Schema.Struct({
        ...table,
        RecordIds: Schema.optionalKey(Schema.Array(length(1, 256))),
        PrimaryAttributeValues: Schema.optionalKey(
          Schema.Array(Schema.Struct({ AttributeName, Values: Schema.Array(Schema.String) }))
        ),
        ...page(1000)
      }).pipe(Schema.encodeKeys(pageKeys))
    }),
    AssociateWorkspace: ServiceWire.operation({
      method: "POST",
      path: "/workspaces/{InstanceId}/{WorkspaceId}/associate",
      ...workspace
    }),
    DisassociateWorkspace: ServiceWire.operation({
      method: "POST",
      path: "/workspaces/{InstanceId}/{WorkspaceId}/disassociate",
      ...workspace
    }),
    SearchWorkspaceAssociations: ServiceWire.operation({
      method: "POST",
      path: "/search-workspace-associations",
      input: Schema.Struct({
        InstanceId,
        MaxResults: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 500 }))),
        NextToken: Schema.optionalKey(length(1, 2500)),
        SearchCriteria: Schema.optionalKey(Criteria),
        SearchFilter: Schema.optionalKey(
          Schema.Struct({
            AttributeFilter: Schema.optionalKey(
              Schema.Struct({
                OrConditions: Schema.optionalKey(Schema.Array(TagConditions)),
                AndCondition: Schema.optionalKey(TagConditions),
                TagCondition: Schema.optionalKey(TagCondition)
              })
            )
          })
        )
      })
    })
  }
})
