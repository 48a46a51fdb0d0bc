/** A location: where clients find a resource; all four versions are numbers to them (REST.md §1.2). */
export interface WireLocation {
  readonly id: string;
  readonly area: string;
  readonly resourceName: string;
  /** A path below the organisation, with `{name}` for parameters. */
  readonly routeTemplate: string;
  readonly resourceVersion: number;
  readonly minVersion: string;
  readonly maxVersion: string;
  readonly releasedVersion: string;
}

/** Every area is at this address, which clients understand by an empty list (REST.md §0.3). */
export interface WireNoAreas {
  readonly count: 0;
  readonly value: null;
}

/** Who calls, and which server answers. */
export interface WireConnectionData {
  readonly authenticatedUser: WireConnectionUser;
  readonly authorizedUser: WireConnectionUser;
  readonly instanceId: string;
  readonly deploymentId: string;
  readonly deploymentType: 'onPremises';
  readonly locationServiceData: {
    readonly serviceOwner: string;
    readonly defaultAccessMappingMoniker: string;
    readonly lastChangeId: number;
    readonly lastChangeId64: number;
  };
}

/** The caller, in the words of the location service. */
export interface WireConnectionUser {
  readonly id: string;
  readonly descriptor: string;
  readonly subjectDescriptor: string;
  readonly providerDisplayName: string;
  readonly isActive: boolean;
  readonly properties: {
    readonly Account: { readonly $type: 'System.String'; readonly $value: string };
  };
}
