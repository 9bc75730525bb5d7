import { createClient, type Client } from '../client/transport';

let shared: Client | null = null;

/** The one client of this page; tests put their own in its place. */
export function useClient(): Client {
  shared ??= createClient();
  return shared;
}

export function provideClient(client: Client | null): void {
  shared = client;
}
