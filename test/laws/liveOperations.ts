/** Every batch operation over the emulator: what it begins with, and items that nothing was done to yet. */
import { Connect } from "@effect-bulk/connect"
import { ConnectState } from "@effect-bulk/connect/testing"
import { type BatchOperation, type BatchPolicy, Bulk, type Report } from "@effect-bulk/core"
import { Emulator } from "@effect-bulk/emulator"
import { Kendra } from "@effect-bulk/kendra"
import { KendraState } from "@effect-bulk/kendra/testing"
import { Omics } from "@effect-bulk/omics"
import { Effect, Layer } from "effect"

/** An item by number, in the first or the second target, or, with `undefined`, in one that no service takes. */
export interface Place {
  readonly target: 0 | 1 | undefined
  readonly number: number
}

/** A batch operation whose items are places. */
export interface LiveOperation {
  readonly name: string
  /** Most items of a call. */
  readonly limit: number
  readonly idempotent: boolean
  readonly read: boolean
  /** Its answers have errors that name no item, and list only what was done by that very call. */
  readonly namelessErrors: boolean
  /** What a received call names its target with. */
  readonly member: string
  readonly targetOf: (place: Place) => string
  readonly idOf: (place: Place) => string
  readonly run: (
    places: ReadonlyArray<Place>,
    policy: BatchPolicy.Input
  ) => Effect.Effect<Report.Report<unknown, unknown, unknown>>
}

// -----------------------------------------------------------------------------
// State
// -----------------------------------------------------------------------------

/** More items of a kind than all runs together use. */
export const supply = 20_000

const numbered = <A>(make: (number: number) => A): ReadonlyArray<A> => Array.from({ length: supply }, (_, i) => make(i))

const account = "210987654321"
const otherAccount = "333333333333"
const experienceId = "experience-1"
const stores = ["1234567890", "1234567891"] as const
const annotationStores = ["store_a", "store_b"] as const
const indices = ["11111111-2222-4333-8444-555555555555", "66666666-7777-4888-8999-000000000000"] as const
const instances = ["inst-1", "inst-2"] as const

// Of any instance: the model takes what its seed lists.
const arnOf = (...path: ReadonlyArray<string>) => ConnectState.arnOf({ id: instances[0] }, ...path)
const contactArn = arnOf("contact", "c1")
const phone = (number: number) => arnOf("phone-number", `p${number}`)
const member = (number: number) => arnOf("agent", `in${number}`)
const stranger = (number: number) => arnOf("agent", `out${number}`)
const readSet = (number: number) => String(1_000_000_000 + number)
const version = (number: number) => `version_${number}`
const user = KendraState.uuid
const newUser = (number: number) => KendraState.uuid(supply + number)

const options: Emulator.Options = {
  omics: {
    sequenceStores: stores.map((id) => ({ id, readSets: numbered((number) => ({ id: readSet(number) })) })),
    annotationStores: annotationStores.map((name) => ({
      name,
      versions: numbered((number) => ({ versionName: version(number) }))
    }))
  },
  kendra: {
    indices: indices.map((id) => ({
      id,
      documents: supply,
      featuredResultsSets: numbered(user),
      experiences: [
        { id: experienceId, entities: numbered((number) => ({ id: user(number), persona: "VIEWER" as const })) }
      ]
    }))
  },
  connect: {
    instances: instances.map((id) => ({
      id,
      dataSets: supply,
      associations: { [account]: "all" as const },
      files: numbered((number) => ({ resourceArn: contactArn, fileId: `file_${number}` })),
      flows: numbered((number) => ({
        resourceId: phone(number),
        flowId: `flow-${number}`,
        resourceType: "VOICE_PHONE_NUMBER"
      })),
      dataTables: [
        {
          id: "table-1",
          attributes: { customer: "TEXT" as const, tier: "TEXT" as const },
          primary: ["customer"],
          records: numbered((number) => ({ primary: { customer: `old_${number}` }, values: { tier: "gold" } }))
        }
      ],
      resources: [...numbered(member), ...numbered(stranger)],
      workspaces: { "ws-1": numbered(member) }
    }))
  }
}

// -----------------------------------------------------------------------------
// Operations
// -----------------------------------------------------------------------------

/** All operations, each over the real client and the same emulator. */
export const make = Effect.gen(function* () {
  const emulator = yield* Emulator.make(options)
  const at = {
    endpoint: emulator.url,
    region: "us-east-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" }
  }
  const services = yield* Layer.build(Layer.mergeAll(Omics.layer(at), Kendra.layer(at), Connect.layer(at)))
  return yield* Effect.gen(function* () {
    const operations = [...omics(yield* Omics), ...kendra(yield* Kendra), ...connect(yield* Connect)]
    return { emulator, operations: new Map(operations.map((operation) => [operation.name, operation])) }
  }).pipe(Effect.provide(services))
})

const live =
  (member: string, targets: readonly [string, string]) =>
  <Item, A, E>(
    operation: BatchOperation.BatchOperation<Item, A, E>,
    item: (target: string, number: number) => Item
  ): LiveOperation => {
    const targetOf = ({ target }: Place) => (target === undefined ? "" : targets[target])
    const itemOf = (place: Place) => item(targetOf(place), place.number)
    return {
      name: operation.name,
      limit: operation.limits.maxItems,
      idempotent: operation.idempotent,
      read: operation.read,
      namelessErrors: operation.name.endsWith("AnalyticsDataSet"),
      member,
      targetOf,
      idOf: (place) => operation.id(itemOf(place)),
      run: (places, policy) => Bulk.run(operation, places.map(itemOf), { policy })
    }
  }

const omics = (omics: Omics["Service"]): ReadonlyArray<LiveOperation> => [
  live("sequenceStoreId", stores)(omics.deleteReadSetsOperation, (sequenceStoreId, number) => ({
    sequenceStoreId,
    id: readSet(number)
  })),
  live("name", annotationStores)(omics.deleteAnnotationStoreVersionsOperation, (name, number) => ({
    name,
    versionName: version(number)
  }))
]

const kendra = (kendra: Kendra["Service"]): ReadonlyArray<LiveOperation> => {
  const inIndex = live("IndexId", indices)
  const bytes = new TextEncoder().encode("hello")
  const documentId = (number: number) => `document-${number}`
  const USER = "USER" as const
  return [
    inIndex(kendra.deleteDocumentsOperation, (indexId, number) => ({ indexId, id: documentId(number) })),
    inIndex(kendra.putDocumentsOperation, (indexId, number) => ({
      indexId,
      document: { Id: documentId(supply + number), Blob: bytes }
    })),
    inIndex(kendra.getDocumentStatusesOperation, (indexId, number) => ({ indexId, id: documentId(number) })),
    inIndex(kendra.deleteFeaturedResultsSetsOperation, (indexId, number) => ({ indexId, id: user(number) })),
    inIndex(kendra.associateEntitiesOperation, (indexId, number) => ({
      indexId,
      experienceId,
      entityId: newUser(number),
      entityType: USER
    })),
    inIndex(kendra.disassociateEntitiesOperation, (indexId, number) => ({
      indexId,
      experienceId,
      entityId: user(number),
      entityType: USER
    })),
    inIndex(kendra.associatePersonasOperation, (indexId, number) => ({
      indexId,
      experienceId,
      entityId: user(number),
      persona: "OWNER" as const
    })),
    inIndex(kendra.disassociatePersonasOperation, (indexId, number) => ({
      indexId,
      experienceId,
      entityId: user(number)
    }))
  ]
}

const connect = (connect: Connect["Service"]): ReadonlyArray<LiveOperation> => {
  const inInstance = live("InstanceId", instances)
  const tier = (customer: string) => ({
    AttributeName: "tier",
    PrimaryValues: [{ AttributeName: "customer", Value: customer }]
  })
  const dataTableId = "table-1"
  const LockVersion = { DataTable: "1", Attribute: "1", PrimaryValues: "1", Value: "1" }
  return [
    inInstance(connect.associateAnalyticsDataSetsOperation, (instanceId, number) => ({
      instanceId,
      targetAccountId: otherAccount,
      dataSetId: `data_set_${number}`
    })),
    inInstance(connect.disassociateAnalyticsDataSetsOperation, (instanceId, number) => ({
      instanceId,
      targetAccountId: account,
      dataSetId: `data_set_${number}`
    })),
    inInstance(connect.getAttachedFileMetadataOperation, (instanceId, number) => ({
      instanceId,
      associatedResourceArn: contactArn,
      fileId: `file_${number}`
    })),
    inInstance(connect.getFlowAssociationsOperation, (instanceId, number) => ({
      instanceId,
      resourceId: phone(number)
    })),
    inInstance(connect.putContactsOperation, (instanceId, number) => ({
      instanceId,
      contact: {
        RequestIdentifier: `contact_${number}`,
        CustomerEndpoint: { Type: "TELEPHONE_NUMBER" as const, Address: "+15550100" },
        QueueId: "queue-1",
        Campaign: { CampaignId: "campaign-1" }
      }
    })),
    inInstance(connect.createDataTableValuesOperation, (instanceId, number) => ({
      instanceId,
      dataTableId,
      value: { ...tier(`new_${number}`), Value: "silver" }
    })),
    inInstance(connect.updateDataTableValuesOperation, (instanceId, number) => ({
      instanceId,
      dataTableId,
      value: { ...tier(`old_${number}`), Value: "silver" }
    })),
    inInstance(connect.deleteDataTableValuesOperation, (instanceId, number) => ({
      instanceId,
      dataTableId,
      value: { ...tier(`old_${number}`), LockVersion }
    })),
    inInstance(connect.describeDataTableValuesOperation, (instanceId, number) => ({
      instanceId,
      dataTableId,
      value: tier(`old_${number}`)
    })),
    inInstance(connect.associateWorkspaceResourcesOperation, (instanceId, number) => ({
      instanceId,
      workspaceId: "ws-1",
      resourceArn: stranger(number)
    })),
    inInstance(connect.disassociateWorkspaceResourcesOperation, (instanceId, number) => ({
      instanceId,
      workspaceId: "ws-1",
      resourceArn: member(number)
    }))
  ]
}
