/** The checks of a token, in the order in which they are made. */
export type FailedCheck =
  | 'missing'
  | 'token'
  | 'issuer'
  | 'jku'
  | 'key'
  | 'algorithm'
  | 'signature'
  | 'audience'
  | 'time'
  | 'tenant'
  | 'jti'
  | 'replay';

/** A caller who is not who he has to be. Which check failed is logged and never told to the caller. */
export class AuthenticationError extends Error {
  readonly code: `ERR_AUTH_${Uppercase<FailedCheck>}`;
  /** The registered client that the token claims to come from, once that is known. */
  readonly client: string | undefined;

  constructor(check: FailedCheck, client?: string) {
    super(`not authenticated: ${check}`);
    this.name = 'AuthenticationError';
    this.code = `ERR_AUTH_${check.toUpperCase() as Uppercase<FailedCheck>}`;
    this.client = client;
  }
}
