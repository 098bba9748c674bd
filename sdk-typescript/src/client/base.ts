import { Context } from "./context.js";

/** An object of the API: a chain of selections that nothing has run yet. */
export class BaseClient {
  protected readonly _ctx: Context;

  constructor(ctx?: Context) {
    this._ctx = ctx ?? new Context();
  }
}
