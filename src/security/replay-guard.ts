/** Remembers which tokens were used. Shared by all replicas when its memory is. */
export interface ReplayGuard {
  /**
   * Claims the nonce of a token for one call.
   *
   * @param expires when the token can no longer be used, so that it need not be remembered longer
   * @returns true exactly once for an issuer and a nonce, whoever else asks at the same moment
   * @throws when it cannot be known
   */
  claim(issuer: string, jti: string, expires: Date): Promise<boolean>;
}
