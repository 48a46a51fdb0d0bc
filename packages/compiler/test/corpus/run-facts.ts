import type { RunFacts } from '@signalbox/compiler';

/** What a run of a root knows besides its files. */
export interface KnownOfRun {
  readonly facts?: RunFacts;
  /** Variables of the definition. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Values of parameters that a plausible one would not do for. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** What is known of every run. */
export const USUAL_FACTS: RunFacts = {
  sourceBranch: 'refs/heads/main',
  teamProject: 'public',
  reason: 'Manual',
};

const pullRequest: KnownOfRun = { facts: { definitionName: 'api-Pull-Request' } };
const release: KnownOfRun = { facts: { definitionName: 'api-Release' } };
const containers: KnownOfRun = { parameters: { stageContainers: 'stage-1' } };

/** What some roots cannot be compiled without: templates that ask for the definition's name, for example. */
export const KNOWN_OF_RUN: Readonly<Record<string, KnownOfRun>> = {
  'Azure+CanadaPubSecALZ': { facts: { collectionUri: 'https://dev.azure.com/CanadaPubSecALZ/' } },
  'Azure+iotedge/builds/misc/addons-publish.yaml': { variables: { 'deployment.environment': 'production' } },
  'NHSDigital+booking-and-referral-fhir-api': pullRequest,
  'NHSDigital+booking-and-referral-fhir-api/azure/azure-release-pipeline.yml': release,
  'NHSDigital+electronic-prescription-service-api': pullRequest,
  'NHSDigital+electronic-prescription-service-api/azure/azure-release-pipeline.yml': release,
  'NHSDigital+electronic-prescription-service-api/packages/tool/azure/azure-release-pipeline.yml': release,
  'dotnet+dotnet-docker/eng/pipelines/update-dependencies-internal-official.yml': containers,
  'dotnet+dotnet-docker/eng/pipelines/update-dependencies-internal-unofficial.yml': containers,
};
