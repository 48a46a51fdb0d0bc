/** Whose properties. */
export interface PropertyOwner {
  readonly kind: 'run' | 'definition';
  readonly id: number;
}

/** What a property may be. */
export type PropertyValue = string | number | boolean;

/** Properties by the name that was written first. */
export type PropertyBag = Readonly<Record<string, PropertyValue>>;

/** Small facts that clients note at runs and pipelines; names are found in any letter case (REST.md §3.3). */
export interface Properties {
  of(owner: PropertyOwner): Promise<PropertyBag>;
  /** Removes, then sets; answers all that there are then. */
  change(
    owner: PropertyOwner,
    change: { readonly set: PropertyBag; readonly remove: readonly string[] },
  ): Promise<PropertyBag>;
}
