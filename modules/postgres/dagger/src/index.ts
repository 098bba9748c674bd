/**
 * PostgreSQL for tests: a server that starts when something needs it, with tables and rows from scripts.
 */
import { Container, File, Secret, Service, dag, func, object } from "@dagger.io/dagger"

/** The name under which commands reach the server. */
const HOST = "postgres"

/** A database server. Functions that begin with `with` return a changed copy, which is another server. */
@object()
export class Postgres {
  private scripts: File[] = []
  private settings: string[] = []

  /**
   * @param version Version of PostgreSQL: the tag of the image `postgres`
   * @param user The user, who may do everything
   * @param database Name of the database
   * @param password That user's password; by default `not-a-secret`
   * @param port Port to listen on
   * @param base Image to run, in place of `postgres`, such as one with extensions
   */
  constructor(
    private readonly version: string = "17",
    private readonly user: string = "postgres",
    private readonly database: string = "postgres",
    private readonly password?: Secret,
    private readonly port: number = 5432,
    private readonly base?: Container,
  ) {}

  /**
   * Run a script when the database is made, after those that were given before.
   *
   * @param script SQL
   */
  @func()
  withScript(script: File): Postgres {
    const changed = this.copy()
    changed.scripts = [...this.scripts, script]
    return changed
  }

  /**
   * Set a parameter of the server.
   *
   * @param name Its name, such as max_connections
   * @param value Its value
   */
  @func()
  withParameter(name: string, value: string): Postgres {
    const changed = this.copy()
    changed.settings = [...this.settings, "-c", `${name}=${value}`]
    return changed
  }

  /** Return the server as a service, to be bound to containers or offered on this machine. */
  @func()
  service(): Service {
    let server = this.image()
      .withSecretVariable("POSTGRES_PASSWORD", this.secret())
      .withEnvVariable("POSTGRES_USER", this.user)
      .withEnvVariable("POSTGRES_DB", this.database)
      .withEnvVariable("PGPORT", String(this.port))
      .withoutExposedPort(5432)
      .withExposedPort(this.port)
    for (const [number, script] of this.scripts.entries()) {
      const name = `${String(number).padStart(4, "0")}.sql`
      server = server.withFile(`/docker-entrypoint-initdb.d/${name}`, script, { permissions: 0o644 })
    }
    return server.asService({ args: ["postgres", ...this.settings], useEntrypoint: true })
  }

  /**
   * Let a container reach the server, by the variables that PostgreSQL's clients read: PGHOST, PGPORT, PGUSER, PGDATABASE
   * and, as a secret, PGPASSWORD.
   *
   * @param container The container
   * @param alias Name of the server in it
   */
  @func()
  bind(container: Container, alias: string = HOST): Container {
    return container
      .withServiceBinding(alias, this.service())
      .withEnvVariable("PGHOST", alias)
      .withEnvVariable("PGPORT", String(this.port))
      .withEnvVariable("PGUSER", this.user)
      .withEnvVariable("PGDATABASE", this.database)
      .withSecretVariable("PGPASSWORD", this.secret())
  }

  /**
   * Return the address of the database, with the password, for a program that is bound to the service.
   *
   * @param alias Name of the server there
   */
  @func()
  async url(alias: string = HOST): Promise<Secret> {
    const password = encodeURIComponent(await this.secret().plaintext())
    const user = encodeURIComponent(this.user)
    const url = `postgresql://${user}:${password}@${alias}:${this.port}/${encodeURIComponent(this.database)}`
    return dag.setSecret("postgres-url", url)
  }

  /**
   * Run SQL and return what psql prints: rows without headings, columns separated by `|`.
   *
   * @param sql One statement or several
   */
  @func({ cache: "never" })
  async sql(sql: string): Promise<string> {
    return await this.client().withExec(["psql", "-v", "ON_ERROR_STOP=1", "-AtX"], { stdin: sql }).stdout()
  }

  /** Return the database as a script that makes it again. */
  @func({ cache: "never" })
  dump(): File {
    return this.client()
      .withExec(["pg_dump", "--no-owner", "--no-privileges", "--file=/tmp/dump.sql"])
      .file("/tmp/dump.sql")
  }

  private copy(): Postgres {
    const changed = new Postgres(this.version, this.user, this.database, this.password, this.port, this.base)
    changed.scripts = this.scripts
    changed.settings = this.settings
    return changed
  }

  private image(): Container {
    return this.base ?? dag.container().from(`postgres:${this.version}`)
  }

  private secret(): Secret {
    return this.password ?? dag.setSecret("postgres-password", "not-a-secret")
  }

  /** A client whose commands always run: what a server answers is not known from the question. */
  private client(): Container {
    return this.bind(this.image()).withEnvVariable("ASKED", `${Date.now()}-${Math.random()}`)
  }
}
