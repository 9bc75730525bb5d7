import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Who may use the shell: whoever opens the printed address first, and that browser from then on. */
export interface AccessGate {
  /** The token of the next address to open; each works once. */
  issueToken(): string;
  /** Trades a token for a session's secret, or null if it is wrong or was used. */
  redeem(token: string): string | null;
  isSession(secret: string | undefined): boolean;
}

const SECRET_BYTES = 32;

export function createAccessGate(): AccessGate {
  let tokens: readonly string[] = [];
  const session = newSecret();
  return {
    issueToken() {
      const token = newSecret();
      tokens = [...tokens, token];
      return token;
    },
    redeem(token) {
      const known = tokens.find((candidate) => isSame(candidate, token));
      if (known === undefined) return null;
      tokens = tokens.filter((candidate) => candidate !== known);
      return session;
    },
    isSession: (secret) => secret !== undefined && isSame(session, secret),
  };
}

function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** Compares in a time that tells nothing of where two secrets differ. */
function isSame(expected: string, given: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(expected), digest(given));
}
