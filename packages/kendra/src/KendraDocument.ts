/**
 * What a document of Kendra is made of, when it is put into an index: contents, attributes, who may see it, and what
 * the service changes about it on its way in. Every documented constraint is held.
 *
 * @since 0.1.0
 */
import * as AwsSchema from "@effect-bulk/aws/AwsSchema"
import * as Schema from "effect/Schema"
import * as KendraId from "./KendraId.ts"

// -----------------------------------------------------------------------------
// Attributes
// -----------------------------------------------------------------------------

const attributeKey = AwsSchema.text({
  wanted: "1 to 200 letters, digits, '_' and '-', the first no '-'",
  pattern: /^[a-zA-Z0-9_][a-zA-Z0-9_-]{0,199}$/
})
const attributeText = AwsSchema.text({ wanted: "1 to 2048 characters", pattern: /^[^]{1,2048}$/u })

/**
 * The value of an attribute: one of its members.
 *
 * @category models
 * @since 0.1.0
 */
export const DocumentAttributeValue = Schema.Struct({
  StringValue: Schema.optional(attributeText),
  StringListValue: Schema.optional(Schema.Array(attributeText)),
  LongValue: Schema.optional(Schema.Int),
  DateValue: Schema.optional(Schema.Date)
})

/**
 * An attribute of a document.
 *
 * @category models
 * @since 0.1.0
 */
export const DocumentAttribute = Schema.Struct({ Key: attributeKey, Value: DocumentAttributeValue })

/**
 * What an attribute is compared with.
 *
 * @category models
 * @since 0.1.0
 */
export const DocumentAttributeCondition = Schema.Struct({
  ConditionDocumentAttributeKey: attributeKey,
  Operator: Schema.Literals([
    "GreaterThan",
    "GreaterThanOrEquals",
    "LessThan",
    "LessThanOrEquals",
    "Equals",
    "NotEquals",
    "Contains",
    "NotContains",
    "Exists",
    "NotExists",
    "BeginsWith"
  ]),
  ConditionOnValue: Schema.optional(DocumentAttributeValue)
})

// -----------------------------------------------------------------------------
// Access
// -----------------------------------------------------------------------------

/**
 * A user or group that may, or may not, see a document.
 *
 * @category models
 * @since 0.1.0
 */
export const Principal = Schema.Struct({
  Name: AwsSchema.text({
    wanted: "1 to 200 characters, none of them a control character",
    pattern: /^\P{C}{1,200}$/u
  }),
  Type: Schema.Literals(["USER", "GROUP"]),
  Access: Schema.Literals(["ALLOW", "DENY"]),
  DataSourceId: Schema.optional(KendraId.DataSourceId)
})

// -----------------------------------------------------------------------------
// Documents
// -----------------------------------------------------------------------------

const bucket = AwsSchema.text({
  wanted: "3 to 63 lower-case letters, digits, '.' and '-', with a letter or a digit at both ends",
  pattern: /^[a-z0-9][.\-a-z0-9]{1,61}[a-z0-9]$/
})

/**
 * A file in Amazon S3.
 *
 * @category models
 * @since 0.1.0
 */
export const S3Path = Schema.Struct({
  Bucket: bucket,
  Key: AwsSchema.text({ wanted: "1 to 1024 characters", pattern: /^[^]{1,1024}$/u })
})

/**
 * A document to be put into an index. Its contents are in `Blob`, or in a file that `S3Path` names.
 *
 * @category models
 * @since 0.1.0
 */
export const Document = Schema.Struct({
  Id: KendraId.DocumentId,
  Title: Schema.optional(Schema.String),
  Blob: Schema.optional(Schema.Uint8Array),
  S3Path: Schema.optional(S3Path),
  Attributes: Schema.optional(Schema.Array(DocumentAttribute)),
  AccessControlList: Schema.optional(Schema.Array(Principal)),
  HierarchicalAccessControlList: Schema.optional(
    AwsSchema.sized(Schema.Struct({ PrincipalList: Schema.Array(Principal) }), 1, 30)
  ),
  ContentType: Schema.optional(
    Schema.Literals([
      ...(["PDF", "HTML", "MS_WORD", "PLAIN_TEXT", "PPT", "RTF"] as const),
      ...(["XML", "XSLT", "MS_EXCEL", "CSV", "JSON", "MD"] as const)
    ])
  ),
  AccessControlConfigurationId: Schema.optional(
    AwsSchema.text({ wanted: "1 to 36 letters, digits and '-'", pattern: /^[a-zA-Z0-9-]{1,36}$/ })
  )
})

/**
 * A document as one writes it: ids are plain texts.
 *
 * @category models
 * @since 0.1.0
 */
export type Document = typeof Document.Encoded

// -----------------------------------------------------------------------------
// Enrichment
// -----------------------------------------------------------------------------

/**
 * The form of ARNs of roles.
 *
 * @category models
 * @since 0.1.0
 */
export const RoleArn = AwsSchema.text({
  wanted: "an ARN of at most 1284 characters",
  pattern: /^(?=[^]{0,1284}$)arn:[a-z0-9.-]{1,63}:[a-z0-9.-]{0,63}:[a-z0-9.-]{0,63}:[a-z0-9.-]{0,63}:[^/].{0,1023}$/u
})

const hook = Schema.Struct({
  InvocationCondition: Schema.optional(DocumentAttributeCondition),
  LambdaArn: AwsSchema.text({
    wanted: "the ARN of a Lambda function",
    pattern:
      /^arn:aws[a-zA-Z-]*:lambda:[a-z]+(-[a-z]+)+-[0-9]:[0-9]{12}:function:[\w-]+(\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?(:[\w-]+)?$/
  }),
  S3Bucket: bucket
})

/**
 * How Kendra changes documents on their way into an index.
 *
 * @category models
 * @since 0.1.0
 */
export const CustomDocumentEnrichmentConfiguration = Schema.Struct({
  InlineConfigurations: Schema.optional(
    AwsSchema.sized(
      Schema.Struct({
        Condition: Schema.optional(DocumentAttributeCondition),
        Target: Schema.optional(
          Schema.Struct({
            TargetDocumentAttributeKey: Schema.optional(attributeKey),
            TargetDocumentAttributeValueDeletion: Schema.optional(Schema.Boolean),
            TargetDocumentAttributeValue: Schema.optional(DocumentAttributeValue)
          })
        ),
        DocumentContentDeletion: Schema.optional(Schema.Boolean)
      }),
      0,
      100
    )
  ),
  PreExtractionHookConfiguration: Schema.optional(hook),
  PostExtractionHookConfiguration: Schema.optional(hook),
  RoleArn: Schema.optional(RoleArn)
})

/**
 * @category models
 * @since 0.1.0
 */
export type CustomDocumentEnrichmentConfiguration = typeof CustomDocumentEnrichmentConfiguration.Encoded
