/**
 * How the operations of Kendra travel (awsJson1_1), and every documented constraint of their inputs.
 *
 * @since 0.1.0
 */
import * as ServiceWire from "@effect-bulk/aws/testing/ServiceWire"
import * as Schema from "effect/Schema"

const length = (minimum: number, maximum: number) =>
  Schema.String.check(
    Schema.makeFilter((text: string) => {
      // AWS counts characters, not UTF-16 units.
      const characters = Array.from(text).length
      return (characters >= minimum && characters <= maximum) || `Expected ${minimum} to ${maximum} characters`
    })
  )
const matching = (minimum: number, maximum: number, pattern: RegExp) =>
  length(minimum, maximum).check(Schema.isPattern(pattern))
const list = <S extends Schema.Constraint>(element: S, minimum: number, maximum: number) =>
  Schema.Array(element).check(Schema.isBetweenLength(minimum, maximum))

const IndexId = matching(36, 36, /^[a-zA-Z0-9][a-zA-Z0-9-]*$/)
const DocumentId = length(1, 2048)
const DataSourceId = matching(1, 100, /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/)
const EntityId = matching(
  1,
  47,
  /^([0-9a-f]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$/
)
const RoleArn = matching(
  0,
  1284,
  /^arn:[a-z0-9-.]{1,63}:[a-z0-9-.]{0,63}:[a-z0-9-.]{0,63}:[a-z0-9-.]{0,63}:[^/].{0,1023}$/
)
const Bucket = matching(3, 63, /^[a-z0-9][.\-a-z0-9]{1,61}[a-z0-9]$/)
const AttributeKey = matching(1, 200, /^[a-zA-Z0-9_][a-zA-Z0-9_-]*$/)

const AttributeValue = Schema.Struct({
  StringValue: Schema.optional(length(1, 2048)),
  StringListValue: Schema.optional(Schema.Array(length(1, 2048))),
  LongValue: Schema.optional(Schema.Int),
  DateValue: Schema.optional(ServiceWire.EpochSeconds)
})
const Attributes = Schema.Array(Schema.Struct({ Key: AttributeKey, Value: AttributeValue }))
const Condition = Schema.Struct({
  ConditionDocumentAttributeKey: AttributeKey,
  Operator: Schema.Literals([
    ...(["GreaterThan", "GreaterThanOrEquals", "LessThan", "LessThanOrEquals", "Equals", "NotEquals"] as const),
    ...(["Contains", "NotContains", "Exists", "NotExists", "BeginsWith"] as const)
  ]),
  ConditionOnValue: Schema.optional(AttributeValue)
})
const Hook = Schema.Struct({
  InvocationCondition: Schema.optional(Condition),
  LambdaArn: length(1, 2048),
  S3Bucket: Bucket
})
const Principals = Schema.Array(
  Schema.Struct({
    Name: matching(1, 200, /^\P{C}*$/u),
    Type: Schema.Literals(["USER", "GROUP"]),
    Access: Schema.Literals(["ALLOW", "DENY"]),
    DataSourceId: Schema.optional(DataSourceId)
  })
)

const Document = Schema.Struct({
  Id: DocumentId,
  Title: Schema.optional(Schema.String),
  Blob: Schema.optional(Schema.Uint8ArrayFromBase64),
  S3Path: Schema.optional(Schema.Struct({ Bucket, Key: length(1, 1024) })),
  Attributes: Schema.optional(Attributes),
  AccessControlList: Schema.optional(Principals),
  HierarchicalAccessControlList: Schema.optional(list(Schema.Struct({ PrincipalList: Principals }), 1, 30)),
  ContentType: Schema.optional(
    Schema.Literals([
      ...(["PDF", "HTML", "MS_WORD", "PLAIN_TEXT", "PPT", "RTF"] as const),
      ...(["XML", "XSLT", "MS_EXCEL", "CSV", "JSON", "MD"] as const)
    ])
  ),
  AccessControlConfigurationId: Schema.optional(matching(1, 36, /^[a-zA-Z0-9-]+$/))
})

const Entity = Schema.Struct({ EntityId, EntityType: Schema.Literals(["USER", "GROUP"]) })
const inExperience = { Id: matching(1, 36, /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/), IndexId }
const ofDataSource = { Id: DataSourceId, IndexId }
const NextToken = Schema.optional(length(1, 800))
const paged = (maximum: number) => ({
  NextToken,
  MaxResults: Schema.optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum })))
})
const Time = Schema.optional(ServiceWire.EpochSeconds)

/**
 * The wire of Kendra.
 *
 * @category models
 * @since 0.1.0
 */
export const kendraWire = ServiceWire.make({
  service: "kendra",
  protocol: "awsJson1_1",
  target: "AWSKendraFrontendService",
  timestamps: "epochSeconds",
  message: "Message",
  validation: "ValidationException",
  operations: {
    BatchDeleteDocument: ServiceWire.operation({
      input: Schema.Struct({
        IndexId,
        DocumentIdList: list(DocumentId, 1, 10),
        DataSourceSyncJobMetricTarget: Schema.optional(
          Schema.Struct({ DataSourceId, DataSourceSyncJobId: Schema.optional(DataSourceId) })
        )
      }),
      items: ({ DocumentIdList }) => DocumentIdList
    }),
    BatchPutDocument: ServiceWire.operation({
      input: Schema.Struct({
        IndexId,
        RoleArn: Schema.optional(RoleArn),
        Documents: list(Document, 1, 10),
        CustomDocumentEnrichmentConfiguration: Schema.optional(
          Schema.Struct({
            InlineConfigurations: Schema.optional(
              list(
                Schema.Struct({
                  Condition: Schema.optional(Condition),
                  Target: Schema.optional(
                    Schema.Struct({
                      TargetDocumentAttributeKey: Schema.optional(AttributeKey),
                      TargetDocumentAttributeValueDeletion: Schema.optional(Schema.Boolean),
                      TargetDocumentAttributeValue: Schema.optional(AttributeValue)
                    })
                  ),
                  DocumentContentDeletion: Schema.optional(Schema.Boolean)
                }),
                0,
                100
              )
            ),
            PreExtractionHookConfiguration: Schema.optional(Hook),
            PostExtractionHookConfiguration: Schema.optional(Hook),
            RoleArn: Schema.optional(RoleArn)
          })
        )
      }),
      items: ({ Documents }) => Documents.map(({ Id }) => Id)
    }),
    BatchGetDocumentStatus: ServiceWire.operation({
      input: Schema.Struct({
        IndexId,
        DocumentInfoList: list(Schema.Struct({ DocumentId, Attributes: Schema.optional(Attributes) }), 1, 10)
      }),
      items: ({ DocumentInfoList }) => DocumentInfoList.map(({ DocumentId }) => DocumentId)
    }),
    BatchDeleteFeaturedResultsSet: ServiceWire.operation({
      input: Schema.Struct({ IndexId, FeaturedResultsSetIds: list(matching(36, 36, /^[a-zA-Z-0-9]*$/), 1, 50) }),
      items: ({ FeaturedResultsSetIds }) => FeaturedResultsSetIds
    }),
    ListFeaturedResultsSets: ServiceWire.operation({ input: Schema.Struct({ IndexId, ...paged(100) }) }),
    AssociateEntitiesToExperience: ServiceWire.operation({
      input: Schema.Struct({ ...inExperience, EntityList: list(Entity, 1, 20) }),
      items: ({ EntityList }) => EntityList.map(({ EntityId }) => EntityId)
    }),
    DisassociateEntitiesFromExperience: ServiceWire.operation({
      input: Schema.Struct({ ...inExperience, EntityList: list(Entity, 1, 40) }),
      items: ({ EntityList }) => EntityList.map(({ EntityId }) => EntityId)
    }),
    AssociatePersonasToEntities: ServiceWire.operation({
      input: Schema.Struct({
        ...inExperience,
        Personas: list(Schema.Struct({ EntityId, Persona: Schema.Literals(["OWNER", "VIEWER"]) }), 1, 25)
      }),
      items: ({ Personas }) => Personas.map(({ EntityId }) => EntityId)
    }),
    DisassociatePersonasFromEntities: ServiceWire.operation({
      input: Schema.Struct({ ...inExperience, EntityIds: list(EntityId, 1, 25) }),
      items: ({ EntityIds }) => EntityIds
    }),
    ListExperienceEntities: ServiceWire.operation({ input: Schema.Struct({ ...inExperience, NextToken }) }),
    ListIndices: ServiceWire.operation({ input: Schema.Struct(paged(100)) }),
    DescribeIndex: ServiceWire.operation({ input: Schema.Struct({ Id: IndexId }) }),
    ListDataSources: ServiceWire.operation({ input: Schema.Struct({ IndexId, ...paged(100) }) }),
    ListDataSourceSyncJobs: ServiceWire.operation({
      input: Schema.Struct({
        ...ofDataSource,
        ...paged(10),
        StartTimeFilter: Schema.optional(Schema.Struct({ StartTime: Time, EndTime: Time })),
        StatusFilter: Schema.optional(
          Schema.Literals([
            ...(["FAILED", "SUCCEEDED", "SYNCING", "INCOMPLETE"] as const),
            ...(["STOPPING", "ABORTED", "SYNCING_INDEXING"] as const)
          ])
        )
      })
    }),
    StartDataSourceSyncJob: ServiceWire.operation({ input: Schema.Struct(ofDataSource) }),
    StopDataSourceSyncJob: ServiceWire.operation({ input: Schema.Struct(ofDataSource) })
  }
})
