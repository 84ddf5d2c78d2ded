import { assert, describe, it } from "@effect/vitest"
import { brokenBy } from "./broken.ts"
import * as omics from "./omicsSubjects.ts"

const broken = brokenBy({ runs: 150 })

describe("every operation of AWS HealthOmics obeys the laws", () => {
  it.each([
    ["BatchDeleteReadSet", broken(omics.deleteReadSets)],
    ["DeleteAnnotationStoreVersions", broken(omics.deleteAnnotationStoreVersions)]
  ])("%s", (_name, broken) => {
    assert.deepStrictEqual(broken(), [])
  })
})
