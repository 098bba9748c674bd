// Generated from the modules' definitions by dockwright; do not edit.
/** Bindings of the modules ci, pond. */

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

  None = "None",
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

  withLevel(level: CiSeverity): Ci {
    return new Ci(this._ctx.select("withLevel", { level }, { level: ENUM }));
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

  /** Calls a function with this object, so that own steps fit into a chain. */
  with(arg: (param: Ci) => Ci): Ci {
    return arg(this);
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

/** The ID of a `Pond`. */
export type PondID = ID & { __PondID: never };

export class Pond extends BaseClient {
  /** Identifies the object within the session. */
  id(): Promise<PondID> {
    return this._ctx.id<PondID>();
  }

  mallard(): PondMallard {
    return new PondMallard(this._ctx.select("mallard"));
  }
}

/** The ID of a `PondMallard`. */
export type PondMallardID = ID & { __PondMallardID: never };

export class PondMallard extends BaseClient {
  /** Identifies the object within the session. */
  id(): Promise<PondMallardID> {
    return this._ctx.id<PondMallardID>();
  }

  quack(): Promise<string> {
    return this._ctx.select("quack").execute();
  }

  /** The object as a `CiDuck`. */
  asCiDuck(): CiDuck {
    return new _CiDuckClient(this._ctx.select("asCiDuck"));
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

    pond(): Pond;
  }
}

register({ CiDuck: _CiDuckClient, Ci, CiReport, Pond, PondMallard });

extend("ci", (ctx, opts?: ClientCiOpts) => {
  return new Ci(ctx.select("ci", { ...opts }));
});

extend("pond", (ctx) => {
  return new Pond(ctx.select("pond"));
});
