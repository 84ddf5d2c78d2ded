import { Laws, type Subject } from "@effect-bulk/testing"
import { assert, describe, it } from "@effect/vitest"
import * as kendra from "./kendraSubjects.ts"

/** What is broken, in words. */
const held =
  <Item, A, E>(subject: Subject.Subject<Item, A, E>) =>
  (): ReadonlyArray<string> =>
    Laws.run([subject], { runs: 150 })
      .filter(({ failure }) => failure !== undefined)
      .map(Laws.describe)

describe("every operation of Amazon Kendra obeys the laws", () => {
  it.each([
    ["BatchDeleteDocument", held(kendra.deleteDocuments)],
    ["BatchPutDocument", held(kendra.putDocuments)],
    ["BatchGetDocumentStatus", held(kendra.getDocumentStatuses)],
    ["BatchDeleteFeaturedResultsSet", held(kendra.deleteFeaturedResultsSets)],
    ["AssociateEntitiesToExperience", held(kendra.associateEntities)],
    ["DisassociateEntitiesFromExperience", held(kendra.disassociateEntities)],
    ["AssociatePersonasToEntities", held(kendra.associatePersonas)],
    ["DisassociatePersonasFromEntities", held(kendra.disassociatePersonas)]
  ])("%s", (_name, broken) => {
    assert.deepStrictEqual(broken(), [])
  })
})
