// Generated from the module's definition by dockwright; do not edit.
/** Bindings of the module ci. */

import {
  BaseClient,
  Container,
  type Directory,
  ENUM,
  extend,
  type ID,
  type Platform,
  register,
} from "@dagger.io/dagger";

/** How bad. */
export enum CiSeverity {
  /** Not so bad. */
  Low = "LOW",

  VeryHigh = "VERY_HIGH",
}

/** The ID of a `CiDuck`. */
export type CiDuckID = ID & { __CiDuckID: never };

export interface CiDuck {
  /** Identifies the object within the session. */
  id(): Promise<ID>;

  quack(): Promise<string>;
}

/** The `CiDuck` whose type is not known. */
export class _CiDuckClient extends BaseClient implements CiDuck {
  /** Identifies the object within the session. */
  id(): Promise<ID> {
    return this._ctx.id<ID>();
  }

  quack(): Promise<string> {
    return this._ctx.select("quack").execute();
  }
}

/** The ID of a `Ci`. */
export type CiID = ID & { __CiID: never };

export type CiLintOpts = {
  level?: CiSeverity;

  names?: string[];
};

export type CiImageOpts = {
  platform?: Platform;
};

/** Build, lint and test. */
export class Ci extends BaseClient {
  /** Identifies the object within the session. */
  id(): Promise<CiID> {
    return this._ctx.id<CiID>();
  }

  /**
   * Lints.
   *
   * @param from Where to begin.
   */
  lint(from: string, opts?: CiLintOpts): Promise<string> {
    return this._ctx.select("lint", { from, ...opts }, { level: ENUM }).execute();
  }

  /** @deprecated use reports */
  list(): Promise<CiReport[]> {
    return this._ctx.select("list").objects("CiReport", CiReport);
  }

  verify(): Promise<void> {
    return this._ctx.select("verify").nothing();
  }

  listen(duck: CiDuck): Promise<number> {
    return this._ctx.select("listen", { duck }).execute();
  }

  image(opts?: CiImageOpts): Container {
    return new Container(this._ctx.select("image", { ...opts }));
  }
}

/** The ID of a `CiReport`. */
export type CiReportID = ID & { __CiReportID: never };

export class CiReport extends BaseClient {
  /** Identifies the object within the session. */
  id(): Promise<CiReportID> {
    return this._ctx.id<CiReportID>();
  }

  /** Whether it is good. */
  ok(): Promise<boolean> {
    return this._ctx.select("ok").execute();
  }
}

export type ClientCiOpts = {
  source?: Directory;

  /** Python version. */
  python?: string;
};

declare module "@dagger.io/dagger" {
  interface Client {
    /** Builds things. */
    ci(opts?: ClientCiOpts): Ci;
  }
}

register({ CiDuck: _CiDuckClient, Ci, CiReport });

extend("ci", (ctx, opts?: ClientCiOpts) => {
  return new Ci(ctx.select("ci", { ...opts }));
});
