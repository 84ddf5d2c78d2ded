import { Laws, type Subject } from "@effect-bulk/testing"
import { assert, describe, it } from "@effect/vitest"
import * as connect from "./connectSubjects.ts"

/** What is broken, in words. */
const held =
  <Item, A, E>(subject: Subject.Subject<Item, A, E>) =>
  (): ReadonlyArray<string> =>
    Laws.run([subject], { runs: 60 })
      .filter(({ failure }) => failure !== undefined)
      .map(Laws.describe)

describe("every operation of Amazon Connect obeys the laws", () => {
  it.each([
    ["BatchAssociateAnalyticsDataSet", held(connect.associateAnalyticsDataSets)],
    ["BatchDisassociateAnalyticsDataSet", held(connect.disassociateAnalyticsDataSets)],
    ["BatchGetAttachedFileMetadata", held(connect.getAttachedFileMetadata)],
    ["BatchGetFlowAssociation", held(connect.getFlowAssociations)],
    ["BatchPutContact", held(connect.putContacts)],
    ["BatchCreateDataTableValue", held(connect.createDataTableValues)],
    ["BatchUpdateDataTableValue", held(connect.updateDataTableValues)],
    ["BatchDeleteDataTableValue", held(connect.deleteDataTableValues)],
    ["BatchDescribeDataTableValue", held(connect.describeDataTableValues)],
    ["AssociateWorkspace", held(connect.associateWorkspaceResources)],
    ["DisassociateWorkspace", held(connect.disassociateWorkspaceResources)]
  ])("%s", (_name, broken) => {
    assert.deepStrictEqual(broken(), [])
  })
})
