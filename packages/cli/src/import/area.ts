import type { JsonRecord } from './json.ts';
import type { AreaName, Remark } from './report.ts';
import type { Side } from './side.ts';

/** Something of a project, told in names instead of numbers, so that the two sides can be compared. */
export interface Thing {
  /** What both sides call it. */
  readonly name: string;
  /** What its own side calls it. */
  readonly id: string;
  /** What is compared, and made where it is missing. Lists have an order that both sides have. */
  readonly body: JsonRecord;
  /** Why this server cannot have it. */
  readonly cannot?: Remark;
  /** Why somebody has to make it by hand. */
  readonly byHand?: Remark;
  /** What is left to do once it is here. */
  readonly remarks?: readonly Remark[];
  /** The same, of interest only when it is made. */
  readonly whenMade?: readonly Remark[];
}

/** One kind of thing: how it is read, and how it is made. */
export interface Area {
  readonly name: AreaName;
  read(side: Side): Promise<readonly Thing[]>;
  /** What there is of `wanted` at the target; absent: the same as `read`. */
  twins?(target: Side, wanted: readonly Thing[]): Promise<readonly Thing[]>;
  create(target: Side, thing: Thing): Promise<void>;
}
