/** Whom a token belongs to. */
export interface Credential {
  readonly account: string;
  readonly via: 'session' | 'api-token';
  /** By which the session or the token is listed. */
  readonly id: string;
  readonly mustChangePassword: boolean;
}
