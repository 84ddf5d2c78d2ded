import { assert, describe, it } from "@effect/vitest"
import { brokenBy } from "./broken.ts"
import * as connect from "./connectSubjects.ts"

const broken = brokenBy({ runs: 60 })

describe("every operation of Amazon Connect obeys the laws", () => {
  it.each([
    ["BatchAssociateAnalyticsDataSet", broken(connect.associateAnalyticsDataSets)],
    ["BatchDisassociateAnalyticsDataSet", broken(connect.disassociateAnalyticsDataSets)],
    ["BatchGetAttachedFileMetadata", broken(connect.getAttachedFileMetadata)],
    ["BatchGetFlowAssociation", broken(connect.getFlowAssociations)],
    ["BatchPutContact", broken(connect.putContacts)],
    ["BatchCreateDataTableValue", broken(connect.createDataTableValues)],
    ["BatchUpdateDataTableValue", broken(connect.updateDataTableValues)],
    ["BatchDeleteDataTableValue", broken(connect.deleteDataTableValues)],
    ["BatchDescribeDataTableValue", broken(connect.describeDataTableValues)],
    ["AssociateWorkspace", broken(connect.associateWorkspaceResources)],
    ["DisassociateWorkspace", broken(connect.disassociateWorkspaceResources)]
  ])("%s", (_name, broken) => {
    assert.deepStrictEqual(broken(), [])
  })
})
