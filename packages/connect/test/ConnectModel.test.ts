import type { Faults, ServiceModel } from "@effect-bulk/aws/testing"
import { ConnectModel, ConnectState } from "@effect-bulk/connect/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { account, instance, instanceId } from "./recorder.ts"

const InstanceId = instanceId
const TargetAccountId = account

const output = (answer: ServiceModel.ModelAnswer): Record<string, unknown> => {
  if (answer._tag === "Error") assert.fail(`${answer.name}: ${answer.message}`)
  return answer.output
}

const failure = (answer: ServiceModel.ModelAnswer): ReadonlyArray<unknown> => {
  if (answer._tag === "Output") assert.fail(JSON.stringify(answer.output))
  return [answer.name, answer.status, answer.message]
}

const driver = (options: ConnectModel.Options = {}, seed: Partial<ConnectState.InstanceSeed> = {}) => {
  const model = ConnectModel.make({ instances: [{ ...instance, ...seed }], ...options })
  const send = (operation: string, input: Record<string, unknown>, fault?: Faults.ItemFault) =>
    model.handle(operation, input, fault)
  return {
    model,
    send,
    remove: (DataSetIds: ReadonlyArray<unknown>, more: Record<string, unknown> = {}) =>
      send("BatchDisassociateAnalyticsDataSet", { InstanceId, TargetAccountId, DataSetIds, ...more }),
    add: (DataSetIds: ReadonlyArray<unknown>, more: Record<string, unknown> = {}) =>
      send("BatchAssociateAnalyticsDataSet", { InstanceId, DataSetIds, ...more }),
    associated: (id: string, accountId = account) => model.association(instanceId, accountId, id)?.associated
  }
}

const notThere = (id: string) => ({
  ErrorCode: "ResourceNotFoundException",
  ErrorMessage: `The association of the data set ${id} does not exist.`
})

describe("BatchDisassociateAnalyticsDataSet", () => {
  it.effect("ends associations, and has an error without an id for what was not associated", () =>
    Effect.gen(function* () {
      const { model, remove } = driver()
      assert.deepStrictEqual(output(yield* remove(["data_set_0", "data_set_1"])), {
        Deleted: ["data_set_0", "data_set_1"],
        Errors: []
      })
      assert.deepStrictEqual(output(yield* remove(["data_set_1", "data_set_2"])), {
        Deleted: ["data_set_2"],
        Errors: [notThere("data_set_1")]
      })
      assert.deepStrictEqual(model.association(instanceId, account, "data_set_1"), {
        dataSetId: "data_set_1",
        accountId: account,
        associated: false,
        named: 2,
        created: 0,
        deleted: 1
      })
    })
  )

  it.effect("keeps accounts apart, and takes the instance's own when none is given", () =>
    Effect.gen(function* () {
      const { associated, send } = driver({}, { associations: { [account]: ["users"], "123456789012": ["users"] } })
      const input = { InstanceId, DataSetIds: ["users"] }
      const answer = yield* send("BatchDisassociateAnalyticsDataSet", input)
      assert.deepStrictEqual(output(answer), { Deleted: ["users"], Errors: [] })
      assert.deepStrictEqual([associated("users"), associated("users", "123456789012")], [true, false])
    })
  )

  it.effect("takes what is missing as chosen: as an error, as done, or as a reason to refuse the call", () =>
    Effect.gen(function* () {
      const ids = ["data_set_0", "missing"]
      const done = driver({ choices: { missingAssociation: "deleted" } })
      assert.deepStrictEqual(output(yield* done.remove(ids)), { Deleted: ids, Errors: [] })
      const whole = driver({ choices: { missingAssociation: "wholeCall" } })
      assert.deepStrictEqual(failure(yield* whole.remove(ids)), [
        "ResourceNotFoundException",
        404,
        "The association of the data set missing does not exist."
      ])
      assert.isTrue(whole.associated("data_set_0"))
    })
  )

  it.effect("counts a repeated id once, or has an error for the second one, as chosen", () =>
    Effect.gen(function* () {
      const ids = ["data_set_0", "data_set_0"]
      assert.deepStrictEqual(output(yield* driver().remove(ids)), { Deleted: ["data_set_0"], Errors: [] })
      const { remove } = driver({ choices: { duplicates: "error" } })
      assert.deepStrictEqual(output(yield* remove(ids)), {
        Deleted: ["data_set_0"],
        Errors: [{ ErrorCode: "InvalidParameterException", ErrorMessage: "The data set occurs more than once." }]
      })
    })
  )

  it.effect("leaves out lists without elements, and reverses them, as chosen", () =>
    Effect.gen(function* () {
      const { remove } = driver({ choices: { emptyLists: "absent", order: "reversed" } })
      assert.deepStrictEqual(output(yield* remove(["data_set_0", "data_set_1"])), {
        Deleted: ["data_set_1", "data_set_0"]
      })
      assert.deepStrictEqual(output(yield* remove(["data_set_0"])), { Errors: [notThere("data_set_0")] })
    })
  )

  it.effect("limits the list as chosen", () =>
    Effect.gen(function* () {
      const { remove } = driver({ choices: { maxDataSetIds: 1 } })
      assert.deepStrictEqual(failure(yield* remove(["data_set_0", "data_set_1"])), [
        "InvalidParameterException",
        400,
        "DataSetIds must include at most 1 items"
      ])
      assert.strictEqual(failure(yield* remove([]))[0], "InvalidParameterException")
      const answered = driver({ choices: { emptyList: "answered" } })
      assert.deepStrictEqual(output(yield* answered.remove([])), { Deleted: [], Errors: [] })
    })
  )

  it.effect("refuses a whole call that breaks a constraint", () =>
    Effect.gen(function* () {
      const { model, remove, send } = driver()
      const refused = [
        yield* remove([""]),
        yield* remove(["x".repeat(256)]),
        yield* send("BatchDisassociateAnalyticsDataSet", { InstanceId }),
        yield* send("BatchDisassociateAnalyticsDataSet", { InstanceId: "x".repeat(101), DataSetIds: ["users"] })
      ]
      assert.deepStrictEqual(
        refused.map((answer) => failure(answer).slice(0, 2)),
        refused.map(() => ["InvalidRequestException", 400])
      )
      assert.deepStrictEqual(failure(yield* remove([7])), [
        "SerializationException",
        400,
        "Invalid DataSetIds[0]: expected string, got 7"
      ])
      assert.isTrue([...model.associations(instanceId)].every(({ named }) => named === 0))
    })
  )

  it.effect("fails for an instance that is not there", () =>
    Effect.gen(function* () {
      const { remove } = driver()
      assert.deepStrictEqual(failure(yield* remove(["users"], { InstanceId: "other" })), [
        "ResourceNotFoundException",
        404,
        "The specified instance does not exist."
      ])
    })
  )

  it.effect("fails items as asked, so many times, or as a fault says", () =>
    Effect.gen(function* () {
      const { associated, model, remove, send } = driver()
      model.failItem("data_set_0", { code: "Busy", message: "Not now", times: 1 })
      const first = output(yield* remove(["data_set_0", "data_set_1"]))
      assert.deepStrictEqual(first, {
        Deleted: ["data_set_1"],
        Errors: [{ ErrorCode: "Busy", ErrorMessage: "Not now" }]
      })
      assert.deepStrictEqual([associated("data_set_0"), associated("data_set_1")], [true, false])
      assert.deepStrictEqual(output(yield* remove(["data_set_0"])), { Deleted: ["data_set_0"], Errors: [] })
      const input = { InstanceId, TargetAccountId, DataSetIds: ["data_set_2", "data_set_3"] }
      const fault: Faults.ItemFault = { _tag: "ItemFault", code: "F", message: "Asked", ids: ["data_set_3"] }
      assert.deepStrictEqual(output(yield* send("BatchDisassociateAnalyticsDataSet", input, fault)), {
        Deleted: ["data_set_2"],
        Errors: [{ ErrorCode: "F", ErrorMessage: "Asked" }]
      })
    })
  )
})

describe("BatchAssociateAnalyticsDataSet", () => {
  const share = (id: string, accountId: string, n: number) => ({
    DataSetId: id,
    TargetAccountId: accountId,
    ResourceShareId: ConnectState.uuid(n),
    ResourceShareArn: `arn:aws:ram:us-east-1:${accountId}:resource-share/${ConnectState.uuid(n)}`,
    ResourceShareStatus: "ACTIVE"
  })

  it.effect("associates what the instance has, and has an error for what it has not, or has associated", () =>
    Effect.gen(function* () {
      const { add } = driver({}, { associations: {} })
      assert.deepStrictEqual(output(yield* add(["data_set_0", "moon"])), {
        Created: [share("data_set_0", "123456789012", 0)],
        Errors: [{ ErrorCode: "InvalidParameterException", ErrorMessage: "There is no data set moon." }]
      })
      assert.deepStrictEqual(output(yield* add(["data_set_0", "data_set_1"])), {
        Created: [share("data_set_1", "123456789012", 1)],
        Errors: [
          {
            ErrorCode: "DuplicateResourceException",
            ErrorMessage: "The data set data_set_0 is already associated with the account."
          }
        ]
      })
    })
  )

  it.effect("takes what is associated as chosen", () =>
    Effect.gen(function* () {
      const done = driver({ choices: { existingAssociation: "created" } })
      const again = output(yield* done.add(["data_set_0"], { TargetAccountId }))
      assert.deepStrictEqual(again, { Created: [share("data_set_0", account, 0)], Errors: [] })
      assert.strictEqual(done.model.association(instanceId, account, "data_set_0")?.created, 0)
      const whole = driver({ choices: { existingAssociation: "wholeCall" } })
      const refused = failure(yield* whole.add(["data_set_0"], { TargetAccountId }))
      assert.strictEqual(refused[0], "InvalidParameterException")
    })
  )
})

describe("the operations on one data set", () => {
  it.effect("say what is wrong with it as an exception", () =>
    Effect.gen(function* () {
      const { associated, send } = driver()
      const one = (operation: string, DataSetId: string) => send(operation, { InstanceId, TargetAccountId, DataSetId })
      assert.deepStrictEqual(output(yield* one("DisassociateAnalyticsDataSet", "data_set_0")), {})
      assert.isFalse(associated("data_set_0"))
      assert.deepStrictEqual(
        [
          failure(yield* one("DisassociateAnalyticsDataSet", "data_set_0"))[0],
          failure(yield* one("AssociateAnalyticsDataSet", "data_set_1"))[0],
          failure(yield* one("AssociateAnalyticsDataSet", "moon"))[0]
        ],
        ["ResourceNotFoundException", "InvalidParameterException", "InvalidParameterException"]
      )
      const created = output(yield* one("AssociateAnalyticsDataSet", "data_set_0"))
      assert.deepStrictEqual(Object.keys(created), [
        "DataSetId",
        "TargetAccountId",
        "ResourceShareId",
        "ResourceShareArn"
      ])
    })
  )
})

describe("lists", () => {
  it.effect("of associations have pages, and can be of one data set", () =>
    Effect.gen(function* () {
      const { remove, send } = driver({}, { dataSets: 3, associations: { [account]: "all", "123456789012": "all" } })
      yield* remove(["data_set_1"])
      const list = (input: Record<string, unknown> = {}) =>
        Effect.map(send("ListAnalyticsDataAssociations", { InstanceId, ...input }), output)
      const pairs = ({ Results }: Record<string, unknown>) =>
        (Results as ReadonlyArray<Record<string, string>>).map(({ DataSetId, TargetAccountId }) => [
          TargetAccountId,
          DataSetId
        ])
      const first = yield* list({ MaxResults: 3 })
      const second = yield* list({ MaxResults: 3, NextToken: first["NextToken"] })
      assert.deepStrictEqual(
        [...pairs(first), ...pairs(second)],
        [
          [account, "data_set_0"],
          [account, "data_set_2"],
          ["123456789012", "data_set_0"],
          ["123456789012", "data_set_1"],
          ["123456789012", "data_set_2"]
        ]
      )
      assert.notProperty(second, "NextToken")
      assert.deepStrictEqual(pairs(yield* list({ DataSetId: "data_set_1" })), [["123456789012", "data_set_1"]])
      assert.deepStrictEqual(failure(yield* send("ListAnalyticsDataAssociations", { InstanceId, NextToken: "?" })), [
        "InvalidRequestException",
        400,
        "Invalid NextToken: expected a token that an earlier page of this list gave"
      ])
    })
  )

  it.effect("of instances and of data sets say what there is", () =>
    Effect.gen(function* () {
      const { send } = driver({}, { dataSets: ["users", "ai_tool"], alias: "main" })
      const { InstanceSummaryList } = output(yield* send("ListInstances", {}))
      assert.deepStrictEqual(InstanceSummaryList, [
        {
          Id: instanceId,
          Arn: "arn:aws:connect:us-east-1:123456789012:instance/inst-1",
          IdentityManagementType: "CONNECT_MANAGED",
          InstanceAlias: "main",
          CreatedTime: new Date("2024-01-01T00:00:00Z"),
          ServiceRole: "arn:aws:iam::123456789012:role/aws-service-role/connect.amazonaws.com/connect",
          InstanceStatus: "ACTIVE",
          InboundCallsEnabled: true,
          OutboundCallsEnabled: true
        }
      ])
      assert.deepStrictEqual(output(yield* send("ListAnalyticsDataLakeDataSets", { InstanceId })), {
        Results: [
          { DataSetId: "users", DataSetName: "users" },
          { DataSetId: "ai_tool", DataSetName: "ai tool" }
        ]
      })
    })
  )
})

describe("contacts", () => {
  const contact = (id: string, more: Record<string, unknown> = {}) => ({
    RequestIdentifier: id,
    CustomerEndpoint: { Type: "TELEPHONE_NUMBER", Address: "+15550100" },
    QueueId: "queue-1",
    Campaign: { CampaignId: "campaign-1" },
    ...more
  })

  it.effect("are made, or refused each for a reason of its own", () =>
    Effect.gen(function* () {
      const { model, send } = driver({}, { queues: ["queue-1"] })
      const ContactDataRequestList = [
        contact("good"),
        contact("no-customer", { CustomerEndpoint: undefined }),
        contact("no-address", { CustomerEndpoint: {} }),
        contact("no-campaign", { Campaign: {} }),
        contact("no-way", { QueueId: undefined }),
        contact("no-queue", { QueueId: "queue-2" }),
        contact("bad-key", { Attributes: { "a b": "c" } })
      ].map((request) => Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined)))
      const answer = output(yield* send("BatchPutContact", { InstanceId, ContactDataRequestList }))
      assert.deepStrictEqual(answer["SuccessfulRequestList"], [
        { RequestIdentifier: "good", ContactId: ConnectState.uuid(0) }
      ])
      assert.deepStrictEqual(
        (answer["FailedRequestList"] as ReadonlyArray<Record<string, string>>).map((failed) => [
          failed["RequestIdentifier"],
          failed["FailureReasonCode"]
        ]),
        [
          ["no-customer", "MISSING_CUSTOMER_ENDPOINT"],
          ["no-address", "INVALID_CUSTOMER_ENDPOINT"],
          ["no-campaign", "MISSING_CAMPAIGN"],
          ["no-way", "MISSING_QUEUE_ID_AND_SYSTEM_ENDPOINT"],
          ["no-queue", "INVALID_QUEUE"],
          ["bad-key", "INVALID_ATTRIBUTE_KEY"]
        ]
      )
      assert.deepStrictEqual(model.contacts(instanceId), [
        { contactId: ConnectState.uuid(0), requestIdentifier: "good" }
      ])
    })
  )

  it.effect("are made once under one token", () =>
    Effect.gen(function* () {
      const { model, send } = driver()
      const put = (...ContactDataRequestList: ReadonlyArray<object>) =>
        send("BatchPutContact", { InstanceId, ClientToken: "t", ContactDataRequestList })
      assert.deepStrictEqual(yield* put(contact("a")), yield* put(contact("a")))
      assert.deepStrictEqual(failure(yield* put(contact("b"))).slice(0, 2), ["IdempotencyException", 409])
      assert.strictEqual(model.contacts(instanceId).length, 1)
    })
  )

  it.effect("are for the service of campaigns alone, if so chosen", () =>
    Effect.gen(function* () {
      const { send } = driver({ choices: { caller: "user" } })
      const answer = yield* send("BatchPutContact", { InstanceId, ContactDataRequestList: [contact("a")] })
      assert.deepStrictEqual(failure(answer).slice(0, 2), ["AccessDeniedException", 403])
    })
  )

  it.effect("have files and flows", () =>
    Effect.gen(function* () {
      const resourceArn = ConnectState.arnOf(instance, "contact", "c1")
      const resourceId = "arn:aws:connect:us-east-1:123456789012:phone-number/p1"
      const { send } = driver(
        {},
        {
          files: [{ resourceArn, fileId: "f1" }],
          flows: [{ resourceId, flowId: "flow-1", resourceType: "VOICE_PHONE_NUMBER" }]
        }
      )
      const files = output(
        yield* send("BatchGetAttachedFileMetadata", {
          InstanceId,
          AssociatedResourceArn: resourceArn,
          FileIds: ["f1", "f2"]
        })
      )
      assert.deepStrictEqual(
        (files["Files"] as ReadonlyArray<Record<string, unknown>>).map(({ CreationTime, FileId }) => [
          FileId,
          CreationTime
        ]),
        [["f1", "2024-01-01T00:00:00.000Z"]]
      )
      assert.deepStrictEqual(files["Errors"], [
        {
          FileId: "f2",
          ErrorCode: "ResourceNotFoundException",
          ErrorMessage: "The specified file does not exist."
        }
      ])
      const flows = (ResourceType?: string) =>
        Effect.map(
          send("BatchGetFlowAssociation", {
            InstanceId,
            ResourceIds: [resourceId, "arn:none"],
            ...(ResourceType && { ResourceType })
          }),
          output
        )
      const found = { ResourceId: resourceId, FlowId: "flow-1", ResourceType: "VOICE_PHONE_NUMBER" }
      assert.deepStrictEqual(yield* flows(), { FlowAssociationSummaryList: [found] })
      assert.deepStrictEqual(yield* flows("INBOUND_EMAIL"), { FlowAssociationSummaryList: [] })
    })
  )
})

describe("data tables", () => {
  const seed: Partial<ConnectState.InstanceSeed> = {
    dataTables: [
      {
        id: "table-1",
        attributes: { customer: "TEXT", region: "TEXT", tier: "TEXT", limit: "NUMBER", open: "BOOLEAN" },
        primary: ["customer", "region"],
        records: [
          { values: { tier: "basic" } },
          { primary: { customer: "42", region: "eu" }, values: { tier: "gold", limit: "10" } }
        ]
      }
    ]
  }
  const record = [
    { AttributeName: "region", Value: "eu" },
    { AttributeName: "customer", Value: "42" }
  ]
  const tier = { AttributeName: "tier", PrimaryValues: record }
  const version = (Value: string) => ({ DataTable: "1", Attribute: "1", PrimaryValues: "1", Value })

  const tables = (choices?: ConnectModel.Options["choices"]) => {
    const { model, send } = driver({ ...(choices && { choices }) }, seed)
    const act =
      (operation: string) =>
      (...Values: ReadonlyArray<object>) =>
        send(`Batch${operation}DataTableValue`, { InstanceId, DataTableId: "table-1", Values })
    return {
      model,
      send,
      create: act("Create"),
      update: act("Update"),
      remove: act("Delete"),
      describe: act("Describe")
    }
  }
  const messages = (answer: ServiceModel.ModelAnswer) =>
    (output(answer)["Failed"] as ReadonlyArray<Record<string, unknown>>).map(({ Message }) => Message)

  it.effect("find a value by its primary values in any order", () =>
    Effect.gen(function* () {
      const { describe } = tables()
      const answer = output(yield* describe(tier, { AttributeName: "tier" }, { AttributeName: "limit" }))
      const [gold, basic] = answer["Successful"] as ReadonlyArray<Record<string, unknown>>
      assert.deepStrictEqual([gold?.["Value"], basic?.["Value"]], ["gold", "basic"])
      assert.deepStrictEqual(gold?.["LockVersion"], version("1"))
      assert.deepStrictEqual(answer["Failed"], [
        { PrimaryValues: [], AttributeName: "limit", Message: "The specified value does not exist." }
      ])
    })
  )

  it.effect("create, update and delete, each with a lock version", () =>
    Effect.gen(function* () {
      const { create, model, remove, update } = tables()
      const open = { AttributeName: "open", PrimaryValues: record }
      const created = output(yield* create({ ...open, Value: "true" }))
      assert.deepStrictEqual(created["Successful"], [
        { ...open, RecordId: ConnectState.uuid(1), LockVersion: version("1") }
      ])
      const updated = output(yield* update({ ...open, Value: "false", LockVersion: version("1") }))
      assert.deepStrictEqual(updated["Successful"], [{ ...open, LockVersion: version("2") }])
      assert.deepStrictEqual(messages(yield* remove({ ...open, LockVersion: version("1") })), [
        "The specified lock version is not the current one."
      ])
      assert.deepStrictEqual(output(yield* remove({ ...open, LockVersion: { Value: "2" } }))["Failed"], [])
      assert.deepStrictEqual(messages(yield* remove({ ...open, LockVersion: version("3") })), [
        "The specified value does not exist."
      ])
      assert.deepStrictEqual(
        [...model.values(instanceId, "table-1")].map(({ named, value, written }) => [value, named, written]),
        [
          ["basic", 0, 1],
          ["gold", 0, 1],
          ["10", 0, 1],
          [undefined, 5, 3]
        ]
      )
    })
  )

  it.effect("refuse names and values that do not fit, one by one", () =>
    Effect.gen(function* () {
      const { create } = tables()
      const answer = yield* create(
        { ...tier, Value: "again" },
        { AttributeName: "moon", Value: "1" },
        { AttributeName: "limit", Value: "many" },
        { AttributeName: "open", Value: "maybe" },
        { AttributeName: "tier", PrimaryValues: [{ AttributeName: "customer", Value: "42" }], Value: "x" }
      )
      assert.deepStrictEqual(messages(answer), [
        "The specified value already exists.",
        "There is no attribute moon.",
        "The value of limit must be a NUMBER, got many.",
        "The value of open must be a BOOLEAN, got maybe.",
        "Primary values must be those of customer, region, got customer."
      ])
    })
  )

  it.effect("fail the whole call, if so chosen", () =>
    Effect.gen(function* () {
      const { create, model, remove, update } = tables({
        staleLockVersion: "call",
        existingValue: "call",
        maxValues: 2
      })
      const stale = { ...tier, LockVersion: version("7") }
      const limit = { AttributeName: "limit", PrimaryValues: record, LockVersion: version("1") }
      assert.deepStrictEqual(
        [
          failure(yield* remove(limit, stale)).slice(0, 2),
          failure(yield* update({ ...stale, Value: "x" })).slice(0, 2),
          failure(yield* create({ ...tier, Value: "x" })).slice(0, 2),
          failure(yield* remove(limit, limit, limit)).slice(0, 2)
        ],
        [
          ["ConflictException", 409],
          ["ConflictException", 409],
          ["DuplicateResourceException", 409],
          ["InvalidParameterException", 400]
        ]
      )
      assert.isTrue([...model.values(instanceId, "table-1")].every(({ written }) => written === 1))
    })
  )

  it.effect("are found by ARN, and list what the filters let through", () =>
    Effect.gen(function* () {
      const { send } = tables()
      const list = (more: Record<string, unknown> = {}) =>
        Effect.map(
          send("ListDataTableValues", {
            InstanceId,
            DataTableId: `${ConnectState.arnOf(instance, "data-table", "table-1")}:$LATEST`,
            ...more
          }),
          (answer) =>
            (output(answer)["Values"] as ReadonlyArray<Record<string, unknown>>).map(({ Value, ValueType }) => [
              Value,
              ValueType
            ])
        )
      const all = [
        ["basic", "TEXT"],
        ["gold", "TEXT"],
        ["10", "NUMBER"]
      ]
      assert.deepStrictEqual(yield* list(), all)
      assert.deepStrictEqual(yield* list({ RecordIds: [ConnectState.uuid(0)] }), all.slice(0, 1))
      const PrimaryAttributeValues = [{ AttributeName: "customer", Values: ["41", "42"] }]
      assert.deepStrictEqual(yield* list({ PrimaryAttributeValues }), all.slice(1))
      const other = yield* send("ListDataTableValues", { InstanceId, DataTableId: "other" })
      assert.deepStrictEqual(failure(other)[2], "The specified data table does not exist.")
    })
  )
})

describe("workspaces", () => {
  const arn = (name: string) => ConnectState.arnOf(instance, "agent", name)
  const seed = { resources: ["a", "b", "c"].map(arn), workspaces: { "ws-1": [arn("a")] } }
  const input = (...names: ReadonlyArray<string>) => ({
    InstanceId,
    WorkspaceId: "ws-1",
    ResourceArns: names.map(arn)
  })

  it.effect("get and lose resources, one by one", () =>
    Effect.gen(function* () {
      const { model, send } = driver({}, seed)
      assert.deepStrictEqual(output(yield* send("AssociateWorkspace", input("a", "b", "moon"))), {
        SuccessfulList: [{ ResourceArn: arn("b") }],
        FailedList: [
          {
            ResourceArn: arn("a"),
            ErrorCode: "409",
            ErrorMessage: "The specified resource is already associated with the workspace."
          },
          { ResourceArn: arn("moon"), ErrorCode: "404", ErrorMessage: "The specified resource does not exist." }
        ]
      })
      assert.deepStrictEqual(output(yield* send("DisassociateWorkspace", input("a", "c"))), {
        SuccessfulList: [{ ResourceArn: arn("a") }],
        FailedList: [
          {
            ResourceArn: arn("c"),
            ErrorCode: "404",
            ErrorMessage: "The specified resource is not associated with the workspace."
          }
        ]
      })
      assert.deepStrictEqual(
        [...model.workspaceResources(instanceId)].map(({ arn, associated }) => [arn, associated]),
        [
          [arn("a"), false],
          [arn("b"), true],
          [arn("c"), false]
        ]
      )
    })
  )

  it.effect("take what is there or missing as chosen", () =>
    Effect.gen(function* () {
      const done = driver({ choices: { existingResource: "done", missingResource: "done" } }, seed)
      assert.deepStrictEqual(output(yield* done.send("AssociateWorkspace", input("a")))["FailedList"], [])
      assert.deepStrictEqual(output(yield* done.send("DisassociateWorkspace", input("c")))["FailedList"], [])
      const whole = driver({ choices: { existingResource: "wholeCall" } }, seed)
      const refused = failure(yield* whole.send("AssociateWorkspace", input("b", "a")))
      assert.deepStrictEqual(refused.slice(0, 2), ["DuplicateResourceException", 409])
      const other = failure(yield* whole.send("AssociateWorkspace", { ...input("b"), WorkspaceId: "ws-2" }))
      assert.strictEqual(other[2], "The specified workspace does not exist.")
    })
  )

  it.effect("are searched by criteria", () =>
    Effect.gen(function* () {
      const { send } = driver({}, { workspaces: { "ws-1": [arn("a"), arn("b")], "ws-2": [arn("a")] } })
      const search = (SearchCriteria?: object, more: object = {}) =>
        Effect.map(
          send("SearchWorkspaceAssociations", { InstanceId, ...(SearchCriteria && { SearchCriteria }), ...more }),
          (answer) => {
            const { ApproximateTotalCount, WorkspaceAssociations } = output(answer)
            const found = (WorkspaceAssociations as ReadonlyArray<Record<string, string>>).map(
              ({ ResourceId, WorkspaceId }) => `${WorkspaceId}/${ResourceId}`
            )
            return [ApproximateTotalCount, ...found]
          }
        )
      const is = (FieldName: string, Value: string, ComparisonType?: string) => ({
        StringCondition: { FieldName, Value, ...(ComparisonType && { ComparisonType }) }
      })
      assert.deepStrictEqual(yield* search(), [3, "ws-1/a", "ws-1/b", "ws-2/a"])
      assert.deepStrictEqual(yield* search(is("resourceId", "a")), [2, "ws-1/a", "ws-2/a"])
      assert.deepStrictEqual(yield* search(is("WorkspaceId", "ws", "STARTS_WITH"), { MaxResults: 1 }), [3, "ws-1/a"])
      assert.deepStrictEqual(
        yield* search({ AndConditions: [is("resourceId", "a"), is("workspaceId", "2", "CONTAINS")] }),
        [1, "ws-2/a"]
      )
      assert.deepStrictEqual(yield* search({ OrConditions: [is("resourceId", "b"), is("moon", "b")] }), [1, "ws-1/b"])
      const tagged = { SearchFilter: { AttributeFilter: { TagCondition: { TagKey: "team" } } } }
      assert.deepStrictEqual(yield* search(undefined, tagged), [0])
    })
  )
})

describe("rates", () => {
  it.effect("are those that AWS documents, if asked to: 2 calls a second, 5 at once", () =>
    Effect.gen(function* () {
      const { remove } = driver({ rates: ConnectModel.documentedRates })
      const throttled = Effect.map(remove(["data_set_0"]), (answer) => answer._tag === "Error")
      const burst = yield* Effect.replicateEffect(throttled, 7)
      assert.deepStrictEqual(burst, [false, false, false, false, false, true, true])
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* Effect.replicateEffect(throttled, 3), [false, false, true])
    })
  )
})

describe("state and contradictions", () => {
  it.effect("tells all that the model holds", () =>
    Effect.gen(function* () {
      const { model, remove } = driver({}, { dataSets: 2, dataTables: [], workspaces: { "ws-1": ["arn:a"] } })
      yield* remove(["data_set_0"])
      const state = [...(model.state?.() ?? [])]
      assert.deepStrictEqual(
        state.map((thing) => Reflect.get(thing, "type")),
        ["association", "association", "workspaceResource"]
      )
      assert.include(state[0], { dataSetId: "data_set_0", associated: false, deleted: 1 })
    })
  )

  it.effect("adds a foreign success, and an error beside successes", () =>
    Effect.gen(function* () {
      const { model, remove } = driver()
      const answer = output(yield* remove(["data_set_0"]))
      const contradiction = model.contradict?.("BatchDisassociateAnalyticsDataSet", {}, answer)
      assert.deepStrictEqual(contradiction, {
        Deleted: ["data_set_0", "foreign_data_set"],
        Errors: [{ ErrorCode: "InternalServiceException", ErrorMessage: "The specified item is busy." }]
      })
      assert.deepStrictEqual(model.absentLists?.("BatchDisassociateAnalyticsDataSet"), ["Deleted", "Errors"])
      assert.deepStrictEqual(model.absentLists?.("ListInstances"), [])
    })
  )
})
