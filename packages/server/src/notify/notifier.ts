/** Tells those outside what happens. Handlers wake it, a test waits for it. */
export interface Notifier {
  /** A delivery was made, or is to be sent again. */
  wake(): void;
  /** Reads the journal to its end and sends what is due, once. */
  settle(): Promise<void>;
  /** Finishes what is under way. */
  stop(): Promise<void>;
}
