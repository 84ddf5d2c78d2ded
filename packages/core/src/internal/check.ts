/**
 * The step `check`: what an item is called, what it goes with, and what is wrong with it, before anything is sent.
 */
import type { BatchOperation } from "../BatchOperation.ts"

/** The findings on one item. One object serves all items of a run: read it before the next check. */
export interface Findings {
  id: string
  group: unknown
  size: number
  orderKey: string | undefined
  /** What is wrong, with which value. */
  issue: string | undefined
}

export const findings = (): Findings => ({ id: "", group: undefined, size: 0, orderKey: undefined, issue: undefined })

export const check = <Item, A, E, R>(
  operation: BatchOperation<Item, A, E, R>,
  maxBytes: number,
  item: Item,
  into: Findings
): void => {
  into.id = ""
  into.group = undefined
  into.size = 0
  into.orderKey = undefined
  let step = "id"
  try {
    into.id = operation.id(item)
    step = "group"
    into.group = operation.group(item)
    step = "check"
    into.issue = operation.check?.(item)
    if (into.issue !== undefined) return
    step = "sizeOf"
    into.size = operation.limits.sizeOf?.(item) ?? 0
    if (into.size > maxBytes) {
      into.issue = `item '${into.id}' has ${into.size} bytes, a call holds at most ${maxBytes}`
      return
    }
    if (!(into.size >= 0)) {
      into.issue = `the operation's 'sizeOf' must give a number of bytes >= 0, got ${into.size}`
      return
    }
    step = "orderKey"
    into.orderKey = operation.orderKey?.(item)
  } catch (defect) {
    into.issue = `the operation's '${step}' died on it: ${defect instanceof Error ? defect.message : String(defect)}`
  }
}
