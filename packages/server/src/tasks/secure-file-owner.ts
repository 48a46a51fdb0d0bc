/** Whom the content of a secure file belongs to, as the blob store knows it. */
export function ownerOfSecureFile(guid: string): string {
  return `securefile:${guid}`;
}
