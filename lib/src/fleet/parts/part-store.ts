/** A place outside the database where parts lie, each under the hash of its content. */
export interface PartStore {
  /** Its address, always written the same way; holds no secret. */
  readonly url: string;
  /** Tells where something of that name lies, or should. */
  placeOf(name: string): string;
  /**
   * Writes all of it or nothing; the same again changes nothing.
   *
   * @param sha256 hash of the bytes, in hexadecimal
   * @throws {StoreAway} when the place is away or full for now.
   * @throws {UsageError} when it refuses this user.
   */
  put(name: string, bytes: Uint8Array, sha256: string): Promise<void>;
  /**
   * Reads all of it; null where there is nothing of that name.
   *
   * @throws {StoreAway} when the place is away for now.
   * @throws {UsageError} when it refuses this user.
   */
  get(name: string): Promise<Uint8Array | null>;
}
