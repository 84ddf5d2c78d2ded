import { Laws, type Subject } from "@effect-bulk/testing"
import { assert, describe, it } from "@effect/vitest"
import * as omics from "./omicsSubjects.ts"

/** What is broken, in words. */
const held =
  <Item, A, E>(subject: Subject.Subject<Item, A, E>) =>
  (): ReadonlyArray<string> =>
    Laws.run([subject], { runs: 150 })
      .filter(({ failure }) => failure !== undefined)
      .map(Laws.describe)

describe("every operation of AWS HealthOmics obeys the laws", () => {
  it.each([
    ["BatchDeleteReadSet", held(omics.deleteReadSets)],
    ["DeleteAnnotationStoreVersions", held(omics.deleteAnnotationStoreVersions)]
  ])("%s", (_name, broken) => {
    assert.deepStrictEqual(broken(), [])
  })
})
