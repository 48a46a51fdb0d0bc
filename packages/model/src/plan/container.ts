import type { MacroText, RuntimeText } from './value.ts';

/** How a container is started (CONT-1). */
export interface ContainerPlan {
  readonly image: MacroText;
  /** Service connection of the registry. */
  readonly endpoint?: MacroText;
  readonly env?: Readonly<Record<string, MacroText>>;
  readonly options?: MacroText;
  readonly ports?: readonly MacroText[];
  readonly volumes?: readonly MacroText[];
  /** Absent: the agent's own default (CONT-2). */
  readonly mapDockerSocket?: boolean;
  readonly mountReadOnly?: ReadOnlyMounts;
}

/** Which of the agent's folders a container cannot write (CONT-1). */
export interface ReadOnlyMounts {
  readonly work?: boolean;
  readonly externals?: boolean;
  readonly tools?: boolean;
  readonly tasks?: boolean;
}

/** The container of a job: a declared one, one that stands there, or one that is known when the job starts (YAML-36). */
export type ContainerReference =
  { readonly alias: string } | { readonly container: ContainerPlan } | RuntimeText;

/** A container beside the job; `name` is its name in the network (CONT-3). */
export interface ServicePlan {
  readonly name: string;
  readonly container: ContainerReference;
}
