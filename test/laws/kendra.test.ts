import { assert, describe, it } from "@effect/vitest"
import { brokenBy } from "./broken.ts"
import * as kendra from "./kendraSubjects.ts"

const broken = brokenBy({ runs: 150 })

describe("every operation of Amazon Kendra obeys the laws", () => {
  it.each([
    ["BatchDeleteDocument", broken(kendra.deleteDocuments)],
    ["BatchPutDocument", broken(kendra.putDocuments)],
    ["BatchGetDocumentStatus", broken(kendra.getDocumentStatuses)],
    ["BatchDeleteFeaturedResultsSet", broken(kendra.deleteFeaturedResultsSets)],
    ["AssociateEntitiesToExperience", broken(kendra.associateEntities)],
    ["DisassociateEntitiesFromExperience", broken(kendra.disassociateEntities)],
    ["AssociatePersonasToEntities", broken(kendra.associatePersonas)],
    ["DisassociatePersonasFromEntities", broken(kendra.disassociatePersonas)]
  ])("%s", (_name, broken) => {
    assert.deepStrictEqual(broken(), [])
  })
})
