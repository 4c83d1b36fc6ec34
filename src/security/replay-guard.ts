/** Remembers which tokens were used, for all replicas of the service. */
export interface ReplayGuard {
  /**
   * Claims a token for one use.
   *
   * @param expires when the token can no longer be used anyway; it is remembered at least until then
   * @returns true exactly once for each pair of issuer and `jti`, whoever asks
   * @throws Error when it cannot be known
   */
  claim(issuer: string, jti: string, expires: Date): Promise<boolean>;
}
