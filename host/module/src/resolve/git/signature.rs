//! Whether a commit is signed by whom a `trust.toml` demands: the commit itself, or the annotated tag by whose name it was asked for. The `git`
//! program verifies, with the demanded keys alone and none that the user's keyring has.

use super::program::Failure;
use super::refs::Target;
use super::store::Store;
use super::{Found, Git, GitError};
use crate::git_reference::GitRef;
use crate::trust::{Demand, GitKey};
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

impl Git {
    /// Checks that what was found has the signatures that are demanded.
    pub(super) fn check_signature(&self, reference: &GitRef, found: &Found) -> Result<(), GitError> {
        let demands = self.route.trust().git_demands(&found.url);
        if demands.is_empty() {
            return Ok(());
        }
        let failed = |message: String| GitError::Failed {
            reference: reference.to_string(),
            url: found.url.clone(),
            message,
        };
        let refused = |demand: &Demand<'_, GitKey>, reason: &'static str| GitError::Signature {
            reference: reference.to_string(),
            commit: found.commit.clone(),
            wanted: demand.wanted(),
            path: demand.path.to_owned(),
            rule: demand.rule.to_owned(),
            reason,
        };
        let repository = self.store.repository(&found.url);
        let target = Target {
            commit: found.commit.clone(),
            name: None,
        };
        let known = ["cat-file", "commit", &found.commit];
        let mut commit = self.program.run(Some(&repository), false, &known).ok();
        if commit.is_none() && !self.is_offline {
            let fetched = self.store.fetch_objects(&self.program, &found.url, &target, false);
            fetched.map_err(|failure| failed(failure.message))?;
            commit = self.program.run(Some(&repository), false, &known).ok();
        }
        for demand in &demands {
            let Some(commit) = &commit else {
                return Err(refused(
                    demand,
                    "no signature of it is on this machine, and `--offline` forbids to fetch one",
                ));
            };
            let keys = Keyring::new(&demand.keys).map_err(failed)?;
            if self
                .verifies(&repository, &keys, "verify-commit", &found.commit)
                .map_err(failed)?
            {
                continue;
            }
            let tag = self.tag(&repository, reference, found);
            match tag {
                Some(tag) if self.verifies(&repository, &keys, "verify-tag", &tag).map_err(failed)? => {}
                _ if commit
                    .lines()
                    .take_while(|line| !line.is_empty())
                    .any(|line| line.starts_with("gpgsig")) =>
                {
                    return Err(refused(demand, "it is signed, but not by them"));
                }
                Some(_) => return Err(refused(demand, "it is not signed, and its tag is not signed by them")),
                None => return Err(refused(demand, "it is not signed")),
            }
        }
        Ok(())
    }

    /// Whether git finds a good signature by one of the keys. The error is of programs that are missing.
    fn verifies(&self, repository: &Path, keys: &Keyring, command: &str, object: &str) -> Result<bool, String> {
        let signers = format!(
            "gpg.ssh.allowedSignersFile={}",
            keys.folder.path().join("signers").display()
        );
        let settings = ["gpg.minTrustLevel=undefined", "gpg.x509.program=false", &signers];
        let mut arguments: Vec<&str> = settings.iter().flat_map(|setting| ["-c", setting]).collect();
        arguments.extend([command, object]);
        let home = keys.folder.path().join("gnupg").display().to_string();
        match self
            .program
            .with_variable("GNUPGHOME", &home)
            .run(Some(repository), false, &arguments)
        {
            Ok(_) => Ok(true),
            Err(failure) if failure.message.contains("cannot run") => Err(failure.message),
            Err(_) => Ok(false),
        }
    }

    /// The annotated tag that the reference names, if it is of that name and of that commit.
    fn tag(&self, repository: &Path, reference: &GitRef, found: &Found) -> Option<String> {
        let version = reference.version()?;
        let names = [format!("{}/{version}", found.subpath), version.to_owned()];
        names.iter().filter(|name| !name.starts_with('/')).find_map(|name| {
            self.tag_here(repository, name, &found.commit).or_else(|| {
                let end = self.route.end(&found.url).ok().filter(|_| !self.is_offline)?;
                let refspec = format!("+refs/tags/{name}:refs/dockwright/signed/{name}");
                let arguments = ["fetch", "--quiet", "--no-tags", "--depth=1", "--", &end, &refspec];
                self.program.run(Some(repository), false, &arguments).ok()?;
                self.tag_here(repository, name, &found.commit)
            })
        })
    }

    fn tag_here(&self, repository: &Path, name: &str, commit: &str) -> Option<String> {
        let reference = format!("refs/dockwright/signed/{name}");
        let run =
            |arguments: &[&str]| -> Result<String, Failure> { self.program.run(Some(repository), false, arguments) };
        let leads_to = run(&["rev-parse", "--verify", "--quiet", &format!("{reference}^{{commit}}")]).ok()?;
        let text = run(&["cat-file", "tag", &reference]).ok()?;
        // A tag that is given another name says its own.
        let is_own = text
            .lines()
            .take_while(|line| !line.is_empty())
            .any(|line| line.strip_prefix("tag ") == Some(name));
        (leads_to.trim() == commit && is_own).then_some(reference)
    }
}

/// The demanded keys where git and the programs that it runs find them, and no others.
struct Keyring {
    folder: tempfile::TempDir,
}

impl Keyring {
    fn new(keys: &[(&str, &GitKey)]) -> Result<Keyring, String> {
        let told = |error: std::io::Error| error.to_string();
        let folder = tempfile::tempdir().map_err(told)?;
        let (mut signers, mut armoured) = (String::new(), String::new());
        for (_, key) in keys {
            match key {
                // Who it is does not matter here: the key decides.
                GitKey::Ssh(key) => writeln!(signers, "signer namespaces=\"git\" {key}"),
                GitKey::OpenPgp(text) => writeln!(armoured, "{text}"),
            }
            .map_err(|error| error.to_string())?;
        }
        fs_err::write(folder.path().join("signers"), signers).map_err(told)?;
        let home = folder.path().join("gnupg");
        fs_err::create_dir(&home).map_err(told)?;
        fs_err::set_permissions(&home, std::os::unix::fs::PermissionsExt::from_mode(0o700)).map_err(told)?;
        if !armoured.is_empty() {
            let file = folder.path().join("keys.asc");
            fs_err::write(&file, armoured).map_err(told)?;
            let mut import = Command::new("gpg");
            import
                .args(["--batch", "--quiet", "--no-autostart", "--import"])
                .arg(&file)
                .env("GNUPGHOME", &home);
            let output = import
                .stdin(Stdio::null())
                .output()
                .map_err(|error| format!("its signature needs the program `gpg`, which does not start: {error}"))?;
            if !output.status.success() {
                let said = String::from_utf8_lossy(&output.stderr);
                return Err(format!(
                    "gpg does not take the keys: {}",
                    said.lines().next().unwrap_or_default()
                ));
            }
        }
        Ok(Keyring { folder })
    }
}

impl Store {
    /// Fetches the objects of the commit, also when its files are here.
    fn fetch_objects(
        &self,
        git: &super::program::Program,
        url: &str,
        target: &Target,
        may_ask: bool,
    ) -> Result<(), Failure> {
        self.with_objects(git, url, target, may_ask, |_| Ok(()))
    }
}
