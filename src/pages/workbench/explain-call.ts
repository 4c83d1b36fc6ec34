import type { Request, Response } from 'express';
import { type CallDependencies, decideCall } from '../../http/call.ts';
import { explain } from './explain.ts';

/** Takes the same call as a service does, and tells why instead of answering cards. Nothing is logged or kept. */
export async function explainCall(request: Request, response: Response, dependencies: CallDependencies): Promise<void> {
  const call = await decideCall(request, response, dependencies);
  response.json(explain(call));
}
