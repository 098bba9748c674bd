//! The command line as clap sees it before a module is known.

use crate::annotated::{CheckArgs, GenerateArgs, UpArgs};
use crate::options::GlobalOptions;
use crate::serve::{CoreArgs, ListenArgs, QueryArgs, RunArgs, SessionArgs};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::time::Duration;

/// CI pipelines as ordinary code, run in containers
///
/// Write functions in Python, TypeScript, Go or Rust, call them from the command line. Functions run in a sandbox that loads in
/// milliseconds; what they do in containers is done by BuildKit, with its cache.
#[derive(Debug, Parser)]
#[command(
    name = "dockwright",
    version,
    propagate_version = false,
    subcommand_required = true,
    arg_required_else_help = true,
    max_term_width = 120
)]
pub(crate) struct App {
    #[command(flatten)]
    pub global: GlobalOptions,
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Call a function of a module, and methods of what it returns
    ///
    /// Arguments of the function are flags; further words call functions of the result:
    ///   dockwright call build --source=. file --path=/app/app.bin export --path=./app.bin
    #[command(disable_help_flag = true)]
    Call(CallArgs),
    /// List the functions of a module
    Functions(FunctionsArgs),
    /// Run the checks of a module, side by side
    ///
    /// A check is a function marked with `@check` (in Go `+check`) that needs no
    /// arguments. It fails when the function does, or the container that it
    /// returns. So do generators whose files are not up to date. Functions of
    /// objects that other functions return have names such as `backend:unit`.
    ///
    ///   dockwright check
    ///   dockwright check lint backend --failfast
    #[command(verbatim_doc_comment)]
    Check(CheckArgs),
    /// Run the generators of a module, and change files as they say
    ///
    /// A generator is a function marked with `@generate` (in Go `+generate`) that
    /// needs no arguments and returns a Changeset. What changes is shown first.
    ///
    ///   dockwright generate
    ///   dockwright generate docs --auto-apply
    #[command(verbatim_doc_comment)]
    Generate(GenerateArgs),
    /// Start the services of a module; Ctrl-C stops them
    ///
    /// A service is a function marked with `@up` (in Go `+up`) that needs no
    /// arguments and returns a Service. Its ports open on this machine under the
    /// same numbers.
    ///
    ///   dockwright up web
    #[command(verbatim_doc_comment)]
    Up(UpArgs),
    /// Make a new module
    Init(InitArgs),
    /// Add a module as a dependency, or change its version
    ///
    /// The reference is a directory, a module in git or one in a registry. In git
    /// a version is a tag, a branch or a commit; `v1.2.0` of a module in a folder
    /// may be the tag `folder/v1.2.0`. Git's own credentials are used.
    ///
    ///   dockwright install ./lib
    ///   dockwright install github.com/acme/ci/lint@v1.2.0
    ///   dockwright install git@gitlab.com:acme/ci.git/lint@main --name=checks
    ///   dockwright install oci://registry.example/acme/lint:1.2
    ///
    /// The module is loaded first. Then dagger.json gets the dependency with what
    /// it is now (`pin`), and dockwright.lock what all modules in git and in
    /// registries are that it leads to. Check both in. Code calls `dag.lint()`.
    /// What `--allow` names is written down too, and holds for all calls.
    #[command(verbatim_doc_comment)]
    Install(InstallArgs),
    /// Remove a dependency
    Uninstall(UninstallArgs),
    /// Move dependencies to what their versions mean now
    ///
    /// Looks up branches and tags anew and shows each, before and after. Without
    /// names all dependencies with versions are updated. A name may come with
    /// another version:
    ///
    ///   dockwright update
    ///   dockwright update lint
    ///   dockwright update lint@v1.3.0
    ///
    /// When a module from a registry asks for more than before, nothing is
    /// updated unless you agree: at the terminal, with `--allow` or `--yes`.
    #[command(verbatim_doc_comment)]
    Update(UpdateArgs),
    /// List what a module depends on: name, source, version, and what it is written in
    List(ListArgs),
    /// Change which modules' functions are offered beside a module's own, for the files around it
    ///
    /// A toolchain is a module for the repository that it is installed in: its default paths are of that repository.
    /// `dockwright call` has it as a function of the module, which needs no code of its own.
    Toolchain(ToolchainArgs),
    /// Write what editors need beside a module's source (`sdk/`), install its packages, and lock what it depends on
    Develop(DevelopArgs),
    /// Check the types of a TypeScript module with the TypeScript compiler
    ///
    /// Uses the compiler among the module's packages, else the one on PATH. TypeScript 7's runs without Node. Calling a
    /// module never needs this: types are for you and your editor.
    CheckTypes(CheckTypesArgs),
    /// Publish a module to a registry, with everything that it depends on
    ///
    /// The artifact holds all that a call needs: those who use it need no toolchain, and no network once they have it. The
    /// reference with its digest is printed. Publishing the same module twice gives the same digest.
    Publish(PublishArgs),
    /// Sign a module in a registry, as cosign does
    ///
    /// The key is a file that `cosign generate-key-pair` made, opened by the password in COSIGN_PASSWORD, or a PKCS #8 key
    /// without a password. Others verify it with `dockwright verify` or `cosign verify`, or demand it in trust.toml.
    Sign(SignArgs),
    /// Tell who has signed a module in a registry
    ///
    /// Fails when it is none of the keys that are given with `--key`; without, when it is none that trust.toml names or
    /// one that it demands is missing.
    Verify(VerifyArgs),
    /// Show what a module is: its functions, what it asks its callers for, what it is made of
    Inspect(InspectArgs),
    /// Keep the modules from registries and from git that a module depends on beside it, for working without a network
    Vendor(VendorArgs),
    /// Run a program that uses a Dagger client library
    ///
    /// The library finds the session by itself. The program's exit code is passed on.
    ///
    ///   dockwright run python pipeline.py
    #[command(verbatim_doc_comment)]
    Run(RunArgs),
    /// Send a GraphQL document to the API and print what it answers
    ///
    ///   echo '{container{from(address:"alpine"){withExec(args:["uname"]){stdout}}}}' | dockwright query
    ///   dockwright query --doc=build.graphql --var=version=1.2 --var-json='{"jobs": 4}' Build
    ///
    /// In a module's directory the module's functions are part of the API.
    #[command(visible_alias = "q", verbatim_doc_comment)]
    Query(QueryArgs),
    /// Call a function of the core API, and methods of what it returns
    ///
    ///   dockwright core container from --address=alpine with-exec --args=uname,-a stdout
    #[command(disable_help_flag = true, verbatim_doc_comment)]
    Core(CoreArgs),
    /// Serve the API on a port, for any GraphQL client of this machine and for your browser
    ///
    /// The browser gets GraphiQL: write queries, read the documentation. Whoever has the
    /// session's token may do what you may; it is made anew each time and printed, unless
    /// DAGGER_SESSION_TOKEN has one. Ends with Ctrl-C.
    ///
    ///   dockwright listen -m ./ci
    #[command(alias = "l", verbatim_doc_comment)]
    Listen(ListenArgs),
    /// Serve a client library that starts this as a process of its own
    #[command(hide = true, disable_help_flag = true)]
    Session(SessionArgs),
    /// Keep Python modules loaded for later calls; calls start this
    #[command(hide = true)]
    KeepModules(KeepModulesArgs),
    /// Look after the engine that runs containers
    Engine(EngineArgs),
    /// Look after what is kept on this machine: modules, packages, native code
    ///
    /// Among it are Python modules as they are once they are loaded: a process that calls
    /// leave behind for a moment writes them when a module is called again. With
    /// DOCKWRIGHT_SNAPSHOTS=0 in the environment there is no such process, and none are used.
    #[command(verbatim_doc_comment)]
    Cache(CacheArgs),
    /// Print the version
    Version,
}

/// Which module.
#[derive(Args, Clone, Debug)]
pub(crate) struct ModuleArgs {
    /// A directory (or one below it), or a reference such as github.com/acme/ci/lint@v1.2.0
    #[arg(short = 'm', long = "mod", value_name = "MODULE", default_value = ".")]
    pub module: String,
}

/// Arguments of `call`.
#[derive(Args, Debug)]
pub(crate) struct CallArgs {
    #[command(flatten)]
    pub module: ModuleArgs,
    #[command(flatten)]
    pub output: OutputArgs,
    /// Function and its arguments; see `dockwright call --help` in a module
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "FUNCTION")]
    pub rest: Vec<String>,
}

/// Where the result goes.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct OutputArgs {
    /// Write the result to this path: a directory, file or container is exported
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Print the result as JSON
    #[arg(short, long)]
    pub json: bool,
}

/// Arguments of `functions`.
#[derive(Args, Debug)]
pub(crate) struct FunctionsArgs {
    #[command(flatten)]
    pub module: ModuleArgs,
    /// List what the result of these functions offers instead
    #[arg(value_name = "FUNCTION")]
    pub path: Vec<String>,
}

/// Arguments of `init`.
#[derive(Args, Debug)]
pub(crate) struct InitArgs {
    /// Directory of the new module
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// What it is written in: python, typescript or go
    #[arg(long, value_name = "SDK", default_value = "python")]
    pub sdk: String,
    /// Its name; the directory's by default
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Have the functions of this module, a directory or a reference, in the place of code
    #[arg(long, value_name = "REFERENCE", conflicts_with_all = ["sdk", "source"])]
    pub blueprint: Option<String>,
    /// Where its source goes
    #[arg(long, value_name = "DIR", default_value = "dagger")]
    pub source: String,
    /// Let its code call the module itself, as `dag.<its name>()`
    #[arg(long, conflicts_with = "blueprint")]
    pub with_self_calls: bool,
}

/// Arguments of `install`.
#[derive(Args, Debug)]
pub(crate) struct InstallArgs {
    /// A directory, HOST/REPOSITORY[/PATH][@VERSION] in git, or oci://HOST/NAME:TAG
    #[arg(value_name = "REFERENCE")]
    pub reference: String,
    /// What to call it; its own name by default
    #[arg(short, long, value_name = "NAME")]
    pub name: Option<String>,
    #[command(flatten)]
    pub module: ModuleArgs,
}

/// Arguments of `uninstall`.
#[derive(Args, Debug)]
pub(crate) struct UninstallArgs {
    /// Name of the dependency, or its source as dagger.json has it
    #[arg(value_name = "NAME")]
    pub name: String,
    #[command(flatten)]
    pub module: ModuleArgs,
}

/// Arguments of `update`.
#[derive(Args, Debug)]
pub(crate) struct UpdateArgs {
    /// Names of dependencies, perhaps with another version (`lint@v1.3.0`); all by default
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Agree to all that updated modules ask for
    #[arg(short, long)]
    pub yes: bool,
    #[command(flatten)]
    pub module: ModuleArgs,
}

/// Arguments of `list`.
#[derive(Args, Debug)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub module: ModuleArgs,
}

/// Arguments of `toolchain`.
#[derive(Args, Debug)]
pub(crate) struct ToolchainArgs {
    #[command(subcommand)]
    pub command: ToolchainCommand,
}

/// What to do with toolchains.
#[derive(Debug, Subcommand)]
pub(crate) enum ToolchainCommand {
    /// Add a toolchain, or change its version
    Install(InstallArgs),
    /// Remove a toolchain
    Uninstall(UninstallArgs),
    /// Move toolchains to what their versions mean now
    Update(UpdateArgs),
    /// List the toolchains: name, source, version, and what they are written in
    List(ListArgs),
}

/// Arguments of `develop`.
#[derive(Args, Debug)]
pub(crate) struct DevelopArgs {
    #[command(flatten)]
    pub module: ModuleArgs,
    /// Let its code call the module itself, as `dag.<its name>()`; dagger.json says so from then on
    #[arg(long)]
    pub with_self_calls: bool,
    /// Take that back
    #[arg(long, conflicts_with = "with_self_calls")]
    pub without_self_calls: bool,
}

/// Arguments of `check-types`.
#[derive(Args, Debug)]
pub(crate) struct CheckTypesArgs {
    #[command(flatten)]
    pub module: ModuleArgs,
}

/// Arguments of `publish`.
#[derive(Args, Debug)]
pub(crate) struct PublishArgs {
    /// Where to: oci://HOST/NAME:TAG
    #[arg(value_name = "REFERENCE")]
    pub reference: String,
    #[command(flatten)]
    pub module: ModuleArgs,
    /// Make and check the artifact, but send nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Sign it with this private key: a file, or env://NAME; see `dockwright sign --help`
    #[arg(long, value_name = "KEY")]
    pub sign: Option<String>,
    /// Do not attach how it was made: repository and commit of the source, digests of dependencies
    #[arg(long)]
    pub no_provenance: bool,
    /// Publish the component alone, in the form that other tools for Wasm components (`wkg oci pull`) take; for a module that is one
    /// component, as in Go and Rust, and depends on no other
    #[arg(long)]
    pub only_component: bool,
    /// Say something about the artifact: version, licenses, source, revision, created, or any other name with a dot
    #[arg(short = 'a', long = "annotation", value_name = "NAME=VALUE")]
    pub annotations: Vec<String>,
}

/// Arguments of `sign`.
#[derive(Args, Debug)]
pub(crate) struct SignArgs {
    /// A published module: oci://HOST/NAME:TAG
    #[arg(value_name = "REFERENCE")]
    pub reference: String,
    /// The private key: a file, or env://NAME for the environment variable that holds it
    #[arg(long, value_name = "KEY")]
    pub key: String,
}

/// Arguments of `verify`.
#[derive(Args, Debug)]
pub(crate) struct VerifyArgs {
    /// A published module: oci://HOST/NAME:TAG
    #[arg(value_name = "REFERENCE")]
    pub reference: String,
    /// A public key that may have signed it: a file, or env://NAME
    #[arg(long = "key", value_name = "KEY")]
    pub keys: Vec<String>,
}

/// Arguments of `inspect`.
#[derive(Args, Debug)]
pub(crate) struct InspectArgs {
    /// A module: a directory or a reference such as oci://HOST/NAME:TAG
    #[arg(value_name = "MODULE", default_value = ".")]
    pub reference: String,
}

/// Arguments of `vendor`.
#[derive(Args, Debug)]
pub(crate) struct VendorArgs {
    #[command(flatten)]
    pub module: ModuleArgs,
}

/// Arguments of `engine`.
#[derive(Args, Debug)]
pub(crate) struct EngineArgs {
    #[command(subcommand)]
    pub command: EngineCommand,
}

/// What to do with the engine.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum EngineCommand {
    /// Tell whether it runs, and what it holds
    Status,
    /// Start it; commands that need it do so by themselves
    Start,
    /// Print what it logged
    Logs {
        /// Go on printing
        #[arg(short, long)]
        follow: bool,
    },
    /// Stop it; its cache stays
    Stop,
    /// Remove what it cached
    Prune {
        /// Remove everything, also what was used lately
        #[arg(long)]
        all: bool,
    },
}

/// Arguments of `cache`.
#[derive(Args, Debug)]
pub(crate) struct CacheArgs {
    #[command(subcommand)]
    pub command: CacheCommand,
}

/// Arguments of `keep-modules`.
#[derive(Args, Debug)]
pub(crate) struct KeepModulesArgs {
    /// Which, as JSON
    #[arg(value_name = "JSON")]
    pub errand: String,
}

/// What to do with the cache.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum CacheCommand {
    /// Tell what it holds
    Status,
    /// Remove what was not used for a while; it is made or fetched again when it is needed
    Prune {
        /// How long it was not used: `30d`, `12h`
        #[arg(long, value_name = "TIME", default_value = "30d", value_parser = crate::serve::duration)]
        unused_for: Duration,
        /// Remove everything; nothing else of dockwright may run meanwhile
        #[arg(long)]
        all: bool,
    },
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::App;
    use clap::CommandFactory;

    /// What a command is for and how it is written, without its options.
    fn help(command: &str) -> String {
        let mut app = App::command();
        let command = app.find_subcommand_mut(command).unwrap();
        let about = command.get_long_about().or(command.get_about()).unwrap().to_string();
        format!("{about}\n\n{}", command.render_usage())
    }

    #[test]
    fn commands_are_valid() {
        App::command().debug_assert();
    }

    #[test]
    fn dependencies_are_explained() {
        insta::assert_snapshot!(help("install"), @r"
        Add a module as a dependency, or change its version

        The reference is a directory, a module in git or one in a registry. In git
        a version is a tag, a branch or a commit; `v1.2.0` of a module in a folder
        may be the tag `folder/v1.2.0`. Git's own credentials are used.

          dockwright install ./lib
          dockwright install github.com/acme/ci/lint@v1.2.0
          dockwright install git@gitlab.com:acme/ci.git/lint@main --name=checks
          dockwright install oci://registry.example/acme/lint:1.2

        The module is loaded first. Then dagger.json gets the dependency with what
        it is now (`pin`), and dockwright.lock what all modules in git and in
        registries are that it leads to. Check both in. Code calls `dag.lint()`.
        What `--allow` names is written down too, and holds for all calls.

        Usage: install [OPTIONS] <REFERENCE>
        ");
        insta::assert_snapshot!(help("update"), @r"
        Move dependencies to what their versions mean now

        Looks up branches and tags anew and shows each, before and after. Without
        names all dependencies with versions are updated. A name may come with
        another version:

          dockwright update
          dockwright update lint
          dockwright update lint@v1.3.0

        When a module from a registry asks for more than before, nothing is
        updated unless you agree: at the terminal, with `--allow` or `--yes`.

        Usage: update [OPTIONS] [NAME]...
        ");
        insta::assert_snapshot!(help("uninstall"), @r"
        Remove a dependency

        Usage: uninstall [OPTIONS] <NAME>
        ");
        insta::assert_snapshot!(help("list"), @r"
        List what a module depends on: name, source, version, and what it is written in

        Usage: list [OPTIONS]
        ");
    }
}
